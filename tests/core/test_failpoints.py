import subprocess
import sys
import time

import pytest

from golive.core.failpoints import Failpoint, forget, reach
from golive.outbox.checks import no_failpoint


@pytest.fixture(autouse=True)
def from_nothing():
    forget()
    yield
    forget()


def test_nothing_happens_unless_asked_for(settings):
    settings.FAILPOINT = ""

    assert reach("report.after_render") is None


def test_it_raises_at_the_named_place_only(settings):
    settings.FAILPOINT = "report.after_render=raise"

    reach("report.before_render")
    for _time in range(2):
        with pytest.raises(Failpoint, match=r"report\.after_render"):
            reach("report.after_render")


def test_it_acts_at_the_third_time_and_never_again(settings):
    settings.FAILPOINT = "report.after_render=raise@3"

    reach("report.after_render")
    reach("report.after_render")
    with pytest.raises(Failpoint):
        reach("report.after_render")
    reach("report.after_render")


def test_it_delays(settings):
    settings.FAILPOINT = "report.after_render=delay:0.2"

    began = time.monotonic()
    reach("report.after_render")

    assert 0.2 <= time.monotonic() - began < 1


def test_it_kills_the_process():
    code = (
        "from django.conf import settings; settings.configure(FAILPOINT='a.b=kill9@2')\n"
        "from golive.core.failpoints import reach\n"
        "reach('a.b'); print('once', flush=True); reach('a.b'); print('twice', flush=True)"
    )

    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=20, check=False)

    assert (ended.returncode, ended.stdout) == (-9, "once\n")


@pytest.mark.parametrize("spec", ["x", "a.b=", "a.b=explode", "a.b=kill9@", "a.b=delay:", "A.b=raise"])
def test_a_spelling_mistake_is_not_silently_inert(settings, spec):
    settings.FAILPOINT = spec

    with pytest.raises(ValueError, match="not a failpoint"):
        reach("a.b")


def test_check_deploy_refuses_an_armed_process(settings):
    settings.FAILPOINT = ""
    assert no_failpoint() == []

    settings.FAILPOINT = "a.b=kill9"
    assert [error.id for error in no_failpoint()] == ["golive.outbox.E001"]
