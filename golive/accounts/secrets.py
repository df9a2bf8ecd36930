"""Secrets at rest and in links: what is encrypted, what is only kept as a digest."""

import base64
import hashlib
import secrets

from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

TOKEN_PREFIX = "golive_"  # so that secret scanners find a lost one


def digest_of(secret: str) -> str:
    """Enough without salt: what is digested here are 32 random bytes, never a password."""
    return hashlib.sha256(secret.encode()).hexdigest()


def new_secret(prefix: str = "") -> str:
    return prefix + secrets.token_urlsafe(32)


def _cipher() -> MultiFernet:
    """Encrypts with the key of today, reads what older ones (SECRET_KEY_FALLBACKS) have encrypted."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_derived(key)) for key in keys])


def _derived(key: str) -> bytes:
    kdf = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"golive.accounts.second-factor")
    return base64.urlsafe_b64encode(kdf.derive(key.encode()))


def encrypt(text: str) -> str:
    return _cipher().encrypt(text.encode()).decode()


def decrypt(text: str) -> str:
    return _cipher().decrypt(text.encode()).decode()
