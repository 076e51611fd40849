"""The real password hash, made cheap: a test logs in in a millisecond, and a real server can
check the hash, since Argon2 writes its costs into it."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class QuickArgon2(Argon2PasswordHasher):
    time_cost = 1
    memory_cost = 8
    parallelism = 1
