"""A process of its own over the database of a test: `outbox_worker.py drain` or the arguments of Celery."""

import os
import sys

import django
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "golive.settings")


def over_the_tests_database() -> None:
    settings.DATABASES["default"]["NAME"] = os.environ["TEST_DATABASE"]
    settings.OUTBOX_HANDLERS = "tests.faults.outbox_hearers.HANDLERS"
    if port := os.environ.get("TEST_SMTP_PORT"):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", int(port)
    django.setup()


def main(arguments: list[str]) -> None:
    over_the_tests_database()
    from golive.celery import app
    from golive.outbox.drain import drain

    if arguments == ["drain"]:
        drain()
    else:
        app.start(arguments)


if __name__ == "__main__":
    main(sys.argv[1:])
