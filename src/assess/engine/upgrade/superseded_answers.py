"""Items that supersede others: which answers they may take over, and what of these."""

from __future__ import annotations

import msgspec

from assess.engine.fingerprint import item_fingerprint
from assess.engine.upgrade.fit import combine_answers_where_they_agree, find_answer_faults
from assess.engine.upgrade.terms import UpgradeTerms
from assess.model.answer import Answer, Sheet
from assess.model.checklist import Checklist


class SupersededAnswers:
    """The answers of a sheet whose items the new version of its checklist supersedes.

    `sources` are the items whose answers an item may take over, `targets` the items that may take
    over the answer of an item; both by item.
    """

    def __init__(self, old: Checklist, new: Checklist, sheet: Sheet, terms: UpgradeTerms) -> None:
        self.old, self.new, self.sheet, self.terms = old.items(), new.items(), sheet, terms
        self.sources = {
            key: [
                source_id
                for source_id in dict.fromkeys(item.supersedes)
                if source_id not in self.new
                and (source_id in self.old or source_id in sheet.answers)
            ]
            for key, item in self.new.items()
        }
        self.targets: dict[str, list[str]] = {}
        for key, sources in self.sources.items():
            for source in sources:
                self.targets.setdefault(source, []).append(key)

    def is_simple_rename(self, item: str) -> bool:
        """Return whether one item takes the answer, and takes no other.

        An answer that a merge left in a sheet of a newer version (`item` is in neither version) is
        renamed too, as long as the superseding item has no answer.
        """
        target_items = self.targets.get(item, [])
        return (
            len(target_items) == 1
            and self.sources[target_items[0]] == [item]
            and (target_items[0] not in self.old or item not in self.old)
            and target_items[0] not in self.sheet.answers
        )

    def combine_answers_of_sources(self, target_item: str) -> Answer:
        """Return what an item takes from those it supersedes; nothing where it has an answer.

        The verdict only where all of them were answered alike, and the item takes it.
        """
        answers = self.sheet.answers
        some = [
            (source, answers[source]) for source in self.sources[target_item] if source in answers
        ]
        if not some or target_item in answers:
            return Answer()
        dated = [
            (source, self._add_original_fingerprint_if_known(source, answer))
            for source, answer in some
        ]
        whole = combine_answers_where_they_agree(dated, self.new[target_item])
        complete = len(some) == len(self.sources[target_item]) and target_item not in self.old
        wrong = find_answer_faults(self.new[target_item], whole, self.terms.today, self.terms.lang)
        return whole if complete and not wrong else _without_result_and_author(whole)

    def _add_original_fingerprint_if_known(self, item: str, answer: Answer) -> Answer:
        """Return an answer with the fingerprint of the text that it was given to, if known."""
        if item not in self.old or not answer.is_given or answer.fingerprint is not None:
            return answer
        return with_new_fingerprint(
            answer, fingerprint=item_fingerprint(self.old[item], self.terms.written)
        )


def with_new_fingerprint(answer: Answer, fingerprint: str) -> Answer:
    """Return an answer that counts as given to the text of this fingerprint."""
    return msgspec.structs.replace(answer, fingerprint=fingerprint)


def _without_result_and_author(answer: Answer) -> Answer:
    return msgspec.structs.replace(
        answer,
        status=None,
        value=None,
        mitigation=None,
        risk=None,
        fingerprint=None,
        by=None,
        at=None,
    )
