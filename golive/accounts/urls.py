"""Accounts on the web. Of allauth only what is named here is mounted: no sign-up, no e-mail pages, no passkeys yet."""

from allauth.account import views as allauth_account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from django.urls import path, re_path

from golive.accounts.step_up import step_up_required
from golive.accounts.views import account, invitations, organisations, people, sign_in

sign_in_urls = [
    path("account/login/", sign_in.SignIn.as_view(), name="account_login"),
    path("account/logout/", sign_in.SignOut.as_view(), name="account_logout"),
    path("account/code/", sign_in.Code.as_view(), name="mfa_authenticate"),
    path("account/again/", sign_in.PasswordAgain.as_view(), name="account_reauthenticate"),
    path("account/again/code/", sign_in.CodeAgain.as_view(), name="mfa_reauthenticate"),
]
password_urls = [
    path("account/password/", sign_in.ChangePassword.as_view(), name="account_change_password"),
    path("account/password/reset/", sign_in.AskReset.as_view(), name="account_reset_password"),
    path("account/password/reset/asked/", allauth_account.password_reset_done, name="account_reset_password_done"),
    path(
        "account/password/reset/done/",
        allauth_account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^account/password/reset/(?P<uidb36>[0-9A-Za-z]{1,14})-(?P<key>[-0-9A-Za-z]{1,80})/$",
        sign_in.ResetPassword.as_view(),
        name="account_reset_password_from_key",
    ),
]
second_factor_urls = [
    path("account/second-factor/", mfa.index, name="mfa_index"),
    path("account/second-factor/on/", step_up_required(totp.activate_totp), name="mfa_activate_totp"),
    path("account/second-factor/off/", step_up_required(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path(
        "account/recovery-codes/",
        step_up_required(recovery_codes.view_recovery_codes),
        name="mfa_view_recovery_codes",
    ),
    path(
        "account/recovery-codes/new/",
        step_up_required(recovery_codes.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
]
account_urls = [
    path("account/", account.account, name="account"),
    path("account/profile/", account.profile, name="account_profile"),
    path("account/tokens/", account.token_make, name="account_token_make"),
    path("account/tokens/<uuid:uid>/revoke/", account.token_revoke, name="account_token_revoke"),
    path("account/become/", account.become, name="demo_switch"),
    path("account/become/<uuid:uid>/", account.become, name="demo_become"),
    path("account/invitation/", invitations.accept, name="invitation_accept"),
    re_path(r"^account/invitation/(?P<secret>[-\w]{1,100})/$", invitations.invitation, name="invitation"),
]
people_urls = [
    path("people-and-organisations/", people.people, name="people_and_organisations"),
    path("people-and-organisations/invite/", people.person_invite, name="person_invite"),
    path("organisations/", organisations.organisations, name="organisations"),
    path("people-and-organisations/<uuid:uid>/", people.person, name="person"),
    path("people-and-organisations/<uuid:uid>/disable/", people.person_disable, name="person_disable"),
]
urlpatterns = sign_in_urls + password_urls + second_factor_urls + account_urls + people_urls
