"""People and their organisations. Who may do what with them stands in rules.py."""

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from golive.core.folding import LONGEST
from golive.core.ids import uuid7


class OrganisationKind(models.TextChoices):
    CUSTOMER = "customer", _("Customer")
    PARTNER = "partner", _("Partner")
    FASTTRACK = "fasttrack", _("FastTrack")
    ENGINEERING = "engineering", _("Service engineering")


class Organisation(models.Model):
    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    name = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=12, choices=OrganisationKind)
    name_key = models.CharField(max_length=120, blank=True, db_index=True)  # what other spellings of the name share
    domain = models.CharField(max_length=120, blank=True, db_index=True)  # of its mail addresses
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    disabled_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(name="organisation_kind_known", condition=Q(kind__in=OrganisationKind.values)),
            models.CheckConstraint(name="organisation_domain_lower", condition=Q(domain=Lower("domain"))),
            models.CheckConstraint(
                name="organisation_merged_is_disabled",
                condition=Q(merged_into__isnull=True) | Q(disabled_at__isnull=False),
            ),
        ]
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").lower())


class User(AbstractBaseUser):
    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="people")
    is_org_admin = models.BooleanField(default=False)
    is_architect = models.BooleanField(default=False)
    is_lead = models.BooleanField(default=False)
    is_engineer = models.BooleanField(default=False)
    is_catalogue_author = models.BooleanField(default=False)
    is_administrator = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    time_zone = models.CharField(max_length=64, default="UTC")
    session_epoch = models.PositiveIntegerField(default=0)  # one higher, and every session of the person is over
    joined_at = models.DateTimeField(null=True, blank=True)
    disabled_at = models.DateTimeField(null=True, blank=True)

    objects = UserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        constraints = [
            models.CheckConstraint(name="user_email_lower", condition=Q(email=Lower("email"))),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def staff_roles(self) -> frozenset[str]:
        names = ("architect", "lead", "engineer", "catalogue_author", "administrator")
        return frozenset(name for name in names if getattr(self, f"is_{name}"))

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """A session holds while the password and the epoch are those it began with."""
        stamp = f"{self.password}:{self.session_epoch}"
        return salted_hmac("golive.accounts.session", stamp, secret=secret, algorithm="sha256").hexdigest()

    # The admin only reads governed models; it is for administrators, and asks these three.
    @property
    def is_staff(self) -> bool:
        return self.is_administrator

    def has_perm(self, perm: str, obj: object = None) -> bool:
        return self.is_active and self.is_administrator

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_active and self.is_administrator


class PersonWord(models.Model):
    """One folded word that a person is found by: of the name, and the address before its @."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="words")
    word = models.CharField(max_length=LONGEST)

    class Meta:
        constraints = [
            # Beginnings are looked up: PostgreSQL does it by this index in every collation.
            models.UniqueConstraint(
                name="person_word_once", fields=["word", "user"], opclasses=["varchar_pattern_ops", "int8_ops"]
            ),
        ]


class ApiToken(models.Model):
    """A bearer token of the API: only its digest is kept, the token itself is shown once."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="api_tokens")
    name = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=timezone.now)
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    stepped_up_at = models.DateTimeField(null=True, blank=True)


class Invitation(models.Model):
    """A link by letter that lets one person in: bound to the address, used once, over after seven days."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    email = models.EmailField()
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="invitations")
    is_org_admin = models.BooleanField(default=False)
    digest = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="invitation_email_lower", condition=Q(email=Lower("email"))),
            models.CheckConstraint(
                name="invitation_ends_once", condition=Q(accepted_at__isnull=True) | Q(revoked_at__isnull=True)
            ),
            models.UniqueConstraint(
                name="invitation_one_open",
                fields=["email"],
                condition=Q(accepted_at__isnull=True, revoked_at__isnull=True),
            ),
        ]
        indexes = [models.Index(name="invitation_by", fields=["invited_by", "created_at"])]


class IdempotencyKey(models.Model):
    """One decided call of one person on one route: running, then its stored answer, kept 24 hours."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    route = models.CharField(max_length=200)
    key = models.CharField(max_length=80)
    digest = models.CharField(max_length=64)
    created_at = models.DateTimeField(default=timezone.now)
    status = models.PositiveSmallIntegerField(null=True, blank=True)  # null while it runs
    body = models.TextField(default="", blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="idempotency_once", fields=["user", "route", "key"]),
        ]
