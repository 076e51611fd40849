"""Second factors as they are stored: sealed with a key that is made from SECRET_KEY, so that a
copy of the database alone gives nobody the codes. Passkeys need none of it: what is stored of
them is public."""

from base64 import urlsafe_b64encode

from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac

SALT = "maru.second-factor"


def sealer() -> MultiFernet:
    """Seals with SECRET_KEY, opens what was sealed with one of SECRET_KEY_FALLBACKS too."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_key(secret)) for secret in secrets])


def _key(secret: str) -> bytes:
    digest = salted_hmac(SALT, "", secret=secret, algorithm="sha256").digest()
    return urlsafe_b64encode(digest)


class SealedMFAAdapter(DefaultMFAAdapter):
    def encrypt(self, text: str) -> str:
        return sealer().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """InvalidToken where no key fits: nobody comes in by a code that cannot be read."""
        return sealer().decrypt(encrypted_text.encode()).decode()
