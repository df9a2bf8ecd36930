"""Who is let in. Asked at sign-in, and again at every request when the session names its person."""

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.base_user import AbstractBaseUser

from golive.accounts.models import User


def may_enter(user: User) -> bool:
    """A disabled person, and everybody of a disabled organisation, is out: at the next request already."""
    return user.is_active and user.disabled_at is None and user.organisation.disabled_at is None


class PersonBackend(AuthenticationBackend):
    def get_user(self, user_id: int) -> User | None:
        user = User.objects.select_related("organisation").filter(pk=user_id).first()
        return user if user and may_enter(user) else None

    def user_can_authenticate(self, user: AbstractBaseUser) -> bool:
        return isinstance(user, User) and may_enter(user)

    @classmethod
    def _stash_user(cls, user: AbstractBaseUser | None) -> None:
        """Deliberately nothing: allauth would show a disabled person another page, and so tell who has an account."""
