"""allauth's own pages, with our forms, our statuses and our step-up. Only what is mounted in urls.py exists."""

from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST

from golive.accounts.destinations import is_ours, with_next
from golive.accounts.forms import AskResetForm, CodeAgainForm, CodeForm, SignInForm
from golive.accounts.step_up import has_second_factor
from golive.accounts.throttle import MINUTE

THROTTLED = {"too_many_login_attempts", "rate_limited"}


def status_of(form: Form) -> int:
    codes = {error.code for errors in form.errors.as_data().values() for error in errors}
    return 429 if codes & THROTTLED else 422


class Answers:
    """A form that was not accepted is a 422, a throttled one a 429: allauth says 200. It has no placeholders."""

    def get_form(self, form_class: type[Form] | None = None) -> Form:
        form = super().get_form(form_class)
        for field in form.fields.values():
            field.widget.attrs.pop("placeholder", None)
        return form

    def form_invalid(self, form: Form) -> HttpResponse:
        response = super().form_invalid(form)
        response.status_code = status_of(form)
        if response.status_code == 429:
            response["Retry-After"] = str(MINUTE)
        return response


class SignIn(Answers, account.LoginView):
    form_class = SignInForm


@method_decorator(require_POST, name="dispatch")
class SignOut(account.LogoutView):
    pass


class ChangePassword(Answers, account.PasswordChangeView):
    def get_default_success_url(self) -> str:
        return reverse("account")


class AskReset(Answers, account.PasswordResetView):
    form_class = AskResetForm


class ResetPassword(Answers, account.PasswordResetFromKeyView):
    pass


class Code(Answers, mfa.AuthenticateView):
    """The second factor at sign-in."""

    form_class = CodeForm

    def form_invalid(self, form: Form) -> HttpResponse:
        response = super(Answers, self).form_invalid(form)
        response.status_code = status_of(form)
        return response


class PasswordAgain(Answers, account.ReauthenticateView):
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Whoever has a second factor proves themselves with it: the password alone would not count."""
        if request.user.is_authenticated and has_second_factor(request.user):
            path = request.GET.get("next", "")
            return HttpResponseRedirect(with_next(reverse("mfa_reauthenticate"), path if is_ours(path) else "/"))
        return super().dispatch(request, *args, **kwargs)


class CodeAgain(Answers, mfa.ReauthenticateView):
    form_class = CodeAgainForm
