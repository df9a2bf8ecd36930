"""Gunicorn's settings: gunicorn -c golive/gunicorn.py golive.wsgi. What differs comes from the environment."""

from golive import env

bind = env.text("GOLIVE_BIND", "127.0.0.1:8000")
workers = env.number("GOLIVE_WORKERS", 2)
worker_class = "gthread"
threads = env.number("GOLIVE_THREADS", 4)
# Each worker starts its own drain of the outbox and its own warm helper for PDFs: a fork would share them.
preload_app = False

# A stop lets requests and leased work end; what does not end in time is leased again by another process.
graceful_timeout = 30
timeout = 60
keepalive = 5
max_requests = 5_000
max_requests_jitter = 500

# The border of the product is stricter (golive/core/border.py); these keep the worst from reaching Python at all.
limit_request_line = 4_094
limit_request_fields = 60
limit_request_field_size = 8_190

# One line a request would be written twice behind a proxy; the application logs what matters, with the request's id.
accesslog = "-" if env.flag("GOLIVE_ACCESS_LOG") else None
access_log_format = '{"at":"%(t)s","method":"%(m)s","path":"%(U)s","status":%(s)s,"seconds":%(L)s}'
errorlog = "-"
loglevel = "warning"
# Only these may say that a request came by https; settings.BEHIND_PROXY decides whether that is believed.
forwarded_allow_ips = env.text("GOLIVE_PROXIES", "127.0.0.1")
