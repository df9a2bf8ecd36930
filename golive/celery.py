"""Celery as a hint: a message only wakes the drain; the rows of the outbox are the truth (golive/outbox).

A hung Redis must not hold up a save: with Celery's defaults it does for 45 seconds, with these for less than one.
"""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "golive.settings")

from django.conf import settings

VISIBILITY = {"visibility_timeout": 120}  # a message that a killed worker held comes back after it

SETTINGS = {
    "broker_connection_timeout": 0.5,
    "broker_connection_retry_on_startup": True,
    "broker_transport_options": {
        **VISIBILITY,
        "socket_connect_timeout": 0.4,
        "socket_timeout": 0.8,
        "max_retries": 0,
        "retry_on_timeout": False,
        "unacked_restore_interval": 5,
        "unacked_restore_throttle": 1,
    },
    "result_backend_transport_options": VISIBILITY,
    "visibility_timeout": VISIBILITY["visibility_timeout"],
    "task_publish_retry": False,
    "task_acks_late": True,
    "task_reject_on_worker_lost": True,
    "task_ignore_result": True,
    "task_store_errors_even_if_ignored": False,
    "task_serializer": "json",
    "result_serializer": "json",
    "accept_content": ["json"],
    "task_soft_time_limit": 80,  # both below the lease of golive/outbox/job.py
    "task_time_limit": 100,
    "task_default_queue": "golive",
    "worker_prefetch_multiplier": 1,
    "worker_soft_shutdown_timeout": 20,
    "worker_cancel_long_running_tasks_on_connection_loss": True,
    "worker_hijack_root_logger": False,
    "beat_schedule": {
        "sweep": {"task": "golive.outbox.sweep", "schedule": 30.0, "options": {"expires": 25}},
    },
    "beat_schedule_filename": str(settings.VAR / "celerybeat-schedule"),
    "timezone": "UTC",
}


def configured(redis_url: str) -> Celery:
    """A Celery that knows all this; without Redis nothing is ever sent."""
    made = Celery("golive", set_as_current=False)
    made.conf.update(SETTINGS, broker_url=redis_url or "memory://")
    return made


app = configured(settings.REDIS_URL)
app.set_current()
app.set_default()  # for every thread, not only for the one that imports this
app.autodiscover_tasks(["golive.outbox"])
