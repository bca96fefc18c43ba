"""The quick dataclass does what the standard library's does."""

import copy
import dataclasses
import pickle
from dataclasses import field

import pytest

from handouts.dataclass import dataclass

KINDS = [
    {},
    {"frozen": True},
    {"slots": True},
    {"frozen": True, "slots": True},
    {"frozen": True, "slots": True, "order": True},
    {"frozen": True, "slots": True, "eq": False},
]


def make_pair(options):
    """The same class, made by both."""
    made = []
    for maker in (dataclass, dataclasses.dataclass):

        class Thing:
            """A thing."""

            number: int
            words: tuple[str, ...] = ()
            parts: list[int] = field(default_factory=list, compare=not options.get("frozen"))
            made: str = field(init=False, repr=False, compare=False)

            def __post_init__(self):
                object.__setattr__(self, "made", f"thing {self.number}")

        made.append(maker(**options)(Thing))
    return made


@pytest.mark.parametrize("options", KINDS, ids=lambda options: "-".join(options) or "bare")
def test_classes_are_alike(options):
    quick, plain = make_pair(options)
    for kind in (quick, plain):
        one, same, other = kind(1), kind(number=1), kind(2, words=("a",))
        assert (one.number, one.words, one.parts, one.made) == (1, (), [], "thing 1")
        assert one.parts is not same.parts
        assert (one == same) is options.get("eq", True)
        assert one != other
        assert hasattr(one, "__dict__") is not options.get("slots", False)
        assert kind.__match_args__ == ("number", "words", "parts")
        assert dataclasses.is_dataclass(one)
        assert dataclasses.replace(other, number=3).words == ("a",)
        assert dataclasses.asdict(other) == {"number": 2, "words": ("a",), "parts": [], "made": "thing 2"}
        assert copy.deepcopy(other).words == ("a",)
        for wrong in ((), (1, 2, 3, 4)):
            with pytest.raises(TypeError):
                kind(*wrong)
        if options.get("order"):
            assert one < other and one <= same and other > one and other >= one
        if options.get("frozen"):
            with pytest.raises(dataclasses.FrozenInstanceError):
                one.number = 5
            with pytest.raises(dataclasses.FrozenInstanceError):
                del one.number
            assert (hash(one) == hash(same)) is options.get("eq", True)
        else:
            one.number = 5
            assert one.number == 5
            with pytest.raises(TypeError):
                hash(one)
    assert repr(quick(1)) == repr(plain(1))
    assert hash(quick(1)) == hash(plain(1)) if options == {"frozen": True} else True
    names = [(item.name, item.init, item.repr, item.compare) for item in dataclasses.fields(quick)]
    assert names == [(item.name, item.init, item.repr, item.compare) for item in dataclasses.fields(plain)]


@dataclass(frozen=True, slots=True)
class Ground:
    """At the top of a module, so that it can be pickled."""

    first: int
    second: str = "b"


@dataclass(frozen=True, slots=True)
class Upper(Ground):
    """One more field."""

    third: float = 0.5


def test_fields_are_inherited():
    upper = Upper(1, third=2.0)
    assert (upper.first, upper.second, upper.third) == (1, "b", 2.0)
    assert [item.name for item in dataclasses.fields(Upper)] == ["first", "second", "third"]
    assert [item.name for item in dataclasses.fields(Ground)] == ["first", "second"]
    assert upper != Ground(1)


def test_an_object_goes_to_another_process():
    assert pickle.loads(pickle.dumps(Upper(1, "x"))) == Upper(1, "x")


def test_methods_of_the_class_itself_stay():
    @dataclass(frozen=True)
    class Own:
        first: int

        def __eq__(self, other):
            return True

        def __hash__(self):
            return 7

        def __repr__(self):
            return "own"

    assert Own(1) == 5
    assert (hash(Own(1)), repr(Own(1))) == (7, "own")


def test_any_name_may_be_a_field():
    @dataclass(frozen=True, slots=True)
    class Odd:
        _set: dict[str, int] = field(default_factory=dict)
        _missing: int = 1
        known: int = 2
        kind: int = 3

    assert Odd() == Odd({}, 1, 2, 3)
    assert repr(Odd(kind=4)).endswith("Odd(_set={}, _missing=1, known=2, kind=4)")
