"""`.env.example` explains every setting there is, in the words of `Settings`, and none that is gone."""

from enum import Enum
from pathlib import Path

from pydantic import SecretStr

from bot.settings import Settings

EXAMPLE = Path(__file__).parents[2] / ".env.example"


def written(name: str) -> str:
    """How the example shows a setting: a field without a default is shown but left out."""
    field = Settings.model_fields[name]
    match field.default:
        case None:
            return f"# {field.description}\n# LOBBY_{name.upper()}=\n"
        case SecretStr():
            value = ""
        case Enum(value=value):
            pass
        case bool(value):
            value = str(value).lower()
        case value:
            pass
    return f"# {field.description}\nLOBBY_{name.upper()}={value}\n"


def test_the_example_explains_every_setting_in_its_own_words() -> None:
    example = EXAMPLE.read_text("utf-8")
    missing = [written(name) for name in Settings.model_fields if written(name) not in example]
    assert missing == [], "add these to .env.example"


def test_the_example_names_no_setting_that_is_gone() -> None:
    lines = EXAMPLE.read_text("utf-8").splitlines()
    named = {line.lstrip("# ").split("=")[0] for line in lines if line.lstrip("# ").startswith("LOBBY_")}
    assert named == {f"LOBBY_{name.upper()}" for name in Settings.model_fields}


def test_the_example_is_itself_a_valid_set_of_settings() -> None:
    assert Settings(_env_file=EXAMPLE) == Settings(_env_file=None)
