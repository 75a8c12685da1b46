"""A Redis cache without which the site still stands."""

import logging
from functools import wraps
from time import monotonic

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

PAUSE = 5.0
"""Seconds for which a process leaves Redis alone after it failed: a silent one costs time."""


def _open(method, answer):
    @wraps(method)
    def call(self, *args, **kwargs):
        if monotonic() < OpenRedisCache.paused_until:
            return answer(args, kwargs)
        try:
            return method(self, *args, **kwargs)
        except (RedisError, OSError) as error:
            OpenRedisCache.paused_until = monotonic() + PAUSE
            logger.warning("The cache is out of reach: %s", error)
            return answer(args, kwargs)

    return call


class OpenRedisCache(RedisCache):
    """Answers as an empty cache would when Redis is refused, silent or gone."""

    paused_until = 0.0

    get = _open(RedisCache.get, lambda args, kwargs: kwargs.get("default", (*args, None)[1]))
    add = _open(RedisCache.add, lambda args, kwargs: True)
    set = _open(RedisCache.set, lambda args, kwargs: None)
    touch = _open(RedisCache.touch, lambda args, kwargs: False)
    delete = _open(RedisCache.delete, lambda args, kwargs: False)
    get_many = _open(RedisCache.get_many, lambda args, kwargs: {})
    set_many = _open(RedisCache.set_many, lambda args, kwargs: [])
    delete_many = _open(RedisCache.delete_many, lambda args, kwargs: None)
    has_key = _open(RedisCache.has_key, lambda args, kwargs: False)
    incr = _open(RedisCache.incr, lambda args, kwargs: 1)
    clear = _open(RedisCache.clear, lambda args, kwargs: False)
