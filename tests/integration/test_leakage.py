"""A stolen copy of the index of identifiers tells nobody's name; an index of names would."""

from tests.support.leakage import attack


def test_ranking_the_tokens_recovers_next_to_no_name_and_no_token_stands_out() -> None:
    leaked = attack(50_000)
    assert leaked.recovered < 0.01
    assert leaked.commonest <= leaked.most_allowed
    # The same attack works where there is something to find.
    assert leaked.recovered_from_names >= 0.05
