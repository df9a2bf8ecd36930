"""A tiny site: one door for each way in which core refuses. Addressed by pytest.mark.urls."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, OperationalError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import include, path
from django.views.decorators.http import require_POST
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import BaseThrottle
from rest_framework.views import APIView

from golive.accounts.models import Organisation
from golive.core.api import BlockField, DayField, LineField, Problem, StrictSerializer, if_match, page_of
from golive.core.decision import Cure, Reason, Refused, Stale, because
from golive.core.htmx import part, render_page


class Governed:
    """What an act was refused on."""

    chain = "project:HALD-7Q2"
    state = "in_review"


REASON = Reason("phase_open", "The phase Test is open.", Cure("cure", {"key": "HALD-7Q2"}, "phase-test"))
STRANGER = Reason("not_yours", "Only the architect may sign off a review.")


def not_yet(request: HttpRequest) -> HttpResponse:
    with transaction.atomic():
        Organisation.objects.create(name="Rolled back", kind="partner")
        raise Refused(because(missing=(REASON,)), on=Governed())


def not_yours(request: HttpRequest) -> HttpResponse:
    raise Refused(because(who=(STRANGER,), missing=(REASON,)))


def stale(request: HttpRequest) -> HttpResponse:
    raise Stale(theirs="<b>their</b> text", revision=16, by="Jonas Lind", mine="my text")


def stray(request: HttpRequest) -> HttpResponse:
    raise ValidationError("This must be one line.")


def twice(request: HttpRequest) -> HttpResponse:
    Organisation.objects.create(name="Twice", kind="partner")
    Organisation.objects.create(name="Twice", kind="partner")
    return HttpResponse()


def unknown_kind(request: HttpRequest) -> HttpResponse:
    Organisation.objects.create(name="Odd", kind="odd")
    return HttpResponse()


def blank(request: HttpRequest) -> HttpResponse:
    Organisation.objects.create(name=None, kind="partner")
    return HttpResponse()


def too_big(request: HttpRequest) -> HttpResponse:
    Organisation.objects.filter(pk__in=[2**70]).update(name="x" * 10)
    Organisation.objects.create(pk=2**70, name="Big", kind="partner")
    return HttpResponse()


def locked(request: HttpRequest) -> HttpResponse:
    raise OperationalError("database is locked")


def table_gone(request: HttpRequest) -> HttpResponse:
    raise OperationalError("no such table: nowhere")


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("a fault of ours")


def foreign_key(request: HttpRequest) -> HttpResponse:
    raise IntegrityError("FOREIGN KEY constraint failed")


def missing(request: HttpRequest) -> HttpResponse:
    raise Http404("Organisation 17 does not exist")


def forbidden(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied("secret detail")


@require_POST
def posts_only(request: HttpRequest) -> HttpResponse:
    return HttpResponse(len(request.POST))


def hello(request: HttpRequest) -> HttpResponse:
    return render_page(request, "errors/plain.html", "components/refusal.html", {"what": "Hello", "status": 200})


def fragment(request: HttpRequest) -> HttpResponse:
    return part(request, "components/refusal.html", {"what": "Hello"}, status=422)


DOORS = [
    not_yet, not_yours, stale, stray, twice, unknown_kind, blank, too_big, locked, table_gone, broken, foreign_key,
    missing, forbidden,
]  # fmt: skip


def api_twin(view) -> type[APIView]:
    """The same act through the door of the API."""

    class Twin(APIView):
        permission_classes = [AllowAny]

        def get(self, request: Request) -> Response:
            return view(request)

    return Twin


class PersonIn(StrictSerializer):
    name = LineField(max_length=20)


class BodyIn(StrictSerializer):
    name = LineField(max_length=20)
    note = BlockField(required=False, allow_blank=True)
    day = DayField(required=False)
    people = PersonIn(many=True, required=False)
    count = serializers.IntegerField(required=False, min_value=0, max_value=100)
    uid = serializers.UUIDField(read_only=True)


class Echo(APIView):
    permission_classes = [AllowAny]

    def post(self, request: Request) -> Response:
        body = BodyIn(data=request.data)
        body.is_valid(raise_exception=True)
        return Response(body.validated_data)


class Revised(APIView):
    permission_classes = [AllowAny]

    def put(self, request: Request) -> Response:
        return Response({"seen": if_match(request)})


class Listed(APIView):
    permission_classes = [AllowAny]
    key: tuple[str, ...] = ("name", "pk")

    def get(self, request: Request) -> Response:
        return Response(page_of(Organisation.objects.all(), request, key=self.key, size=3, show=str))


class Newest(Listed):
    key = ("-created_at", "-pk")


class ByKind(Listed):
    """Many rows share the first field of the key; the second descends."""

    key = ("kind", "-pk")


class Signed(APIView):
    def get(self, request: Request) -> Response:
        return Response({"me": request.user.email})


class Never(BaseThrottle):
    def allow_request(self, request: Request, view: APIView) -> bool:
        return False

    def wait(self) -> float:
        return 6.2


class Throttled(APIView):
    permission_classes = [AllowAny]
    throttle_classes = [Never]

    def get(self, request: Request) -> Response:
        return Response()


class Busy(APIView):
    permission_classes = [AllowAny]

    def get(self, request: Request) -> Response:
        raise Problem(503, "busy", "Later.", retry_after=9)


class One(APIView):
    permission_classes = [AllowAny]

    def get(self, request: Request, pk: int) -> Response:
        if not Organisation.objects.filter(pk=pk, kind="partner").exists():
            raise Http404
        return Response({})


api = [path(f"{view.__name__}/", api_twin(view).as_view()) for view in DOORS] + [
    path("echo/", Echo.as_view()),
    path("revised/", Revised.as_view()),
    path("listed/", Listed.as_view()),
    path("newest/", Newest.as_view()),
    path("by-kind/", ByKind.as_view()),
    path("signed/", Signed.as_view()),
    path("throttled/", Throttled.as_view()),
    path("busy/", Busy.as_view()),
    path("one/<int:pk>/", One.as_view()),
]
urlpatterns = [path(f"{view.__name__}/", view, name=view.__name__) for view in DOORS] + [
    path("posts-only/", posts_only),
    path("hello/", hello),
    path("fragment/", fragment),
    path("projects/<str:key>/", hello, name="cure"),
    path("api/v1/", include(api)),
]
handler400 = "golive.pages.errors.bad_request"
handler403 = "golive.pages.errors.forbidden"
handler404 = "golive.pages.errors.not_found"
handler429 = "golive.pages.errors.too_many"
handler500 = "golive.pages.errors.failed"
