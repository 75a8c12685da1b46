"""How gunicorn serves the site; `make serve` and the container share it."""

from pathlib import Path

from cms.settings import env

bind = f"[{env.HOST}]:{env.PORT}" if ":" in env.HOST else f"{env.HOST}:{env.PORT}"
workers = env.WEB_CONCURRENCY
worker_class = "gthread"
threads = 4
timeout = 60
graceful_timeout = 20
keepalive = 5
max_requests = 20_000
max_requests_jitter = 2_000
preload_app = True
forwarded_allow_ips = ",".join(env.TRUSTED_PROXIES) or "127.0.0.1,::1"
if Path("/dev/shm").is_dir():  # noqa: S108
    worker_tmp_dir = "/dev/shm"  # noqa: S108
accesslog = None
errorlog = "-"
loglevel = "warning"
control_socket_disable = True
