"""The web process, and with it the thread that drains the outbox: only servers load this module."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "golive.settings")

application = get_wsgi_application()

from golive.outbox import embedded  # noqa: E402 - its models need the apps that the line above loads

embedded.start()
