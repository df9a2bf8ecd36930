"""What is taken as a file, by its name and by its content; what is not falls with a sentence, quickly."""

import io
import tracemalloc
from hashlib import sha256
from time import perf_counter

import pytest
from django.core.exceptions import ValidationError

from projects.evidence.rules.files import check_file
from tests.projects.evidence.samples import BAD, EICAR, GOOD, PDF

MOST = 25_000_000


def check(name: str, content: bytes, *, most: int = MOST):
    return check_file(io.BytesIO(content), name=name, size=len(content), most=most)


@pytest.mark.parametrize("name", GOOD)
def test_what_people_work_with_is_taken(name):
    file = check(name, GOOD[name])

    assert (file.name, file.size) == (name, len(GOOD[name]))
    assert file.sha256 == sha256(GOOD[name]).hexdigest()
    assert file.stream.read() == GOOD[name]


@pytest.mark.parametrize(("name", "content", "code"), BAD, ids=[name[:30] for name, _content, _code in BAD])
def test_a_bad_file_is_refused_with_a_sentence(name, content, code):
    with pytest.raises(ValidationError) as refused:
        check(name, content)

    assert refused.value.code == code
    assert refused.value.messages[0].endswith((".", "*"))


def test_a_file_at_its_limit_is_taken_and_one_byte_more_is_not():
    assert check("a.pdf", PDF, most=len(PDF)).size == len(PDF)
    with pytest.raises(ValidationError) as refused:
        check("a.pdf", PDF, most=len(PDF) - 1)

    assert refused.value.code == "file_too_large"


def test_what_only_a_scanner_knows_is_text_like_any_other():
    assert check("eicar.txt", EICAR).media_type == "text/plain"


def test_no_bad_file_costs_time_or_memory():
    slow, hungry = {}, {}
    for name, content, _code in BAD:
        tracemalloc.start()
        began = perf_counter()
        with pytest.raises(ValidationError):
            check(name, content)
        seconds, peak = perf_counter() - began, tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        slow |= {name: seconds} if seconds > 2 else {}
        hungry |= {name: peak} if peak > 50_000_000 else {}

    assert (slow, hungry) == ({}, {})
