import pytest
from hypothesis import given
from hypothesis import strategies as st

from pendamping.kernel.refusal import Refusal
from pendamping.kernel.texts import fitting


@given(st.text(max_size=60), st.integers(0, 60))
def test_a_text_is_kept_whole_or_refused_with_its_length(text, most):
    if len(text.strip()) <= most:
        assert fitting(text, most) == text.strip()
    else:
        with pytest.raises(Refusal) as refusal:
            fitting(text, most)
        [reason] = refusal.value.reasons
        assert reason.where == {"length": len(text.strip()), "most": most}


def test_the_reason_quotes_where_the_text_begins():
    with pytest.raises(Refusal) as refusal:
        fitting("Rapat ditunda karena hujan", 10)
    [reason] = refusal.value.reasons
    assert reason.say().startswith("“Rapat ditunda karena hujan …” has 26 signs")
