"""Whether a report is what the repository gives: read back, made again, compared.

docs/verification.md says what each verdict proves, and what it does not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Literal, NamedTuple

from assess import __version__
from assess.errors import AssessError, EnvironmentLacksError, UsageError
from assess.i18n import N_, Lang, translator
from assess.report.inputs import moment
from assess.report.pdf import job as pdf_job
from assess.report.pdf.child import ask
from assess.report.plain_text import visible
from assess.report.produce import produce
from assess.report.verifying.compare import differences
from assess.report.verifying.proof_file import ProofFile, decode
from assess.report.verifying.words import Cause, cause
from assess.store.git.checkout import reachable, signature
from assess.store.git.plumbing import Repository
from assess.store.git.state import open_repository
from assess.workspace import Workspace
from assess.workspace.checked_out import CheckedOut, checked_out
from assess.workspace.proof import input_files

Kind = Literal["same", "content", "draft", "different"]

_END = b"%%EOF\n"
_END_OF_DAY = timedelta(hours=23, minutes=59, seconds=59)
_KINDS = {
    "answers": "answers",
    "assess.yaml": "config",
    "checklists": "checklist",
    "evidence": "evidence",
    "templates": "template",
}


class Verdict(NamedTuple):
    """What was found."""

    kind: Kind
    causes: tuple[Cause, ...] = ()
    proof: ProofFile | None = None
    tools: tuple[str, ...] = ()
    """What it was set with that is otherwise here; only where the bytes differ."""
    signatures: tuple[pdf_job.Signature, ...] = ()
    commit_signature: tuple[bool, str] | None = None
    before: Kind = "different"
    """What was found of the part before anything that was added."""


class Asked(NamedTuple):
    """What a verification goes by."""

    pdf: bytes
    roots: tuple[bytes, ...]
    moment: datetime
    today: date
    lang: Lang

    @property
    def original(self) -> int:
        """Bytes of the report itself: what comes before the first thing that was added."""
        return self.pdf.find(_END) + len(_END)


def verify(here: Workspace, pdf: bytes, roots: Sequence[bytes], at: date, today: date) -> Verdict:
    """Return whether a report is what the workspace's repository gives.

    `roots` are certificates to trust, `at` the day on which those of signers must be valid.

    Raises:
        UsageError: the workspace is in no repository, or one of `roots` is no certificate.
        EnvironmentLacksError: the machine lacks what reports need, or a limit was reached.
    """
    asked = Asked(pdf, tuple(roots), moment(at) + _END_OF_DAY, today, here.lang)
    repository = open_repository(here.root, here.lang)
    if _END not in pdf:
        return Verdict("different", (cause("cut-off", here.lang),))
    reading = ask(pdf_job.ReadTask(pdf=pdf[: asked.original]), here.lang)
    if not isinstance(reading, pdf_job.Reading):
        return Verdict("different", (_unread(reading, here.lang),))
    found = _proof(reading, here.lang)
    if isinstance(found, Cause):
        return Verdict("different", (found,))
    later = _Later.of(asked)
    verdict = _against_commit(repository, asked, reading, found)
    causes = (*verdict.causes, *later.causes)
    return verdict._replace(
        kind="different" if later.causes else verdict.kind,
        before=verdict.kind,
        causes=causes,
        proof=found,
        signatures=later.signatures,
    )


def _unread(reading: pdf_job.Answer, lang: Lang) -> Cause:
    refused = (
        reading if isinstance(reading, pdf_job.Refused) else pdf_job.Refused(code="unreadable")
    )
    return cause(refused.code, lang, detail=visible(translator(lang)(refused.detail)))


def _proof(reading: pdf_job.Reading, lang: Lang) -> ProofFile | Cause:
    count = sum(one.name == "provenance.json" for one in reading.files)
    if count != 1:
        return cause("provenance-doubled" if count else "no-provenance", lang, count=count)
    proof = decode(reading.provenance)
    if proof is None:
        return cause("provenance-broken", lang)
    return proof if proof.fits() else cause("digest", lang)


_NO_ROOT = N_("a file given by --trust is no certificate (PEM or DER)")


class _Later(NamedTuple):
    """What was added after the report was made."""

    causes: tuple[Cause, ...] = ()
    signatures: tuple[pdf_job.Signature, ...] = ()

    @classmethod
    def of(cls, asked: Asked) -> _Later:
        added = len(asked.pdf) - asked.original
        if not added:
            return cls()
        checked = ask(
            pdf_job.CheckTask(
                pdf=asked.pdf, original=asked.original, roots=asked.roots, moment=asked.moment
            ),
            asked.lang,
        )
        if isinstance(checked, pdf_job.Refused) and checked.code == "root":
            raise UsageError(translator(asked.lang)(_NO_ROOT))
        if not isinstance(checked, pdf_job.Checked):
            return cls((_unread(checked, asked.lang),))
        if not checked.signatures:
            return cls((cause("appended", asked.lang, count=added),))
        causes = list(_signature_causes(checked.signatures, asked))
        if not checked.permitted:
            detail = visible(translator(asked.lang)(checked.problem))
            causes.append(cause("changed-after", asked.lang, detail=detail))
        return cls(tuple(causes), checked.signatures)


def _signature_causes(signatures: Sequence[pdf_job.Signature], asked: Asked) -> Iterator[Cause]:
    for one in signatures:
        words = {
            "field": visible(one.field),
            "signer": visible(one.signer),
            "detail": visible(translator(asked.lang)(one.problem)),
        }
        if not (one.intact and one.valid and one.whole):
            yield cause("signature", asked.lang, **words)
        elif asked.roots and not one.trusted:
            yield cause("untrusted", asked.lang, **words)


def _against_commit(
    repository: Repository, asked: Asked, reading: pdf_job.Reading, proof: ProofFile
) -> Verdict:
    lang = asked.lang
    if proof.commit is None:
        return Verdict("draft", (cause("uncommitted", lang),))
    if repository.resolve(proof.commit) != proof.commit:
        return Verdict("different", (cause("commit-missing", lang, commit=proof.commit[:10]),))
    if not reachable(repository, proof.commit):
        return Verdict("different", (cause("commit-unreachable", lang, commit=proof.commit[:10]),))
    signed = signature(repository, proof.commit)
    with checked_out(repository, proof.commit, proof.round, lang) as then:
        causes = tuple(_inputs(then, proof, lang))
        if causes:
            return Verdict("different", causes, commit_signature=signed)
        verdict = _again(then, asked, reading, proof)
    return verdict._replace(commit_signature=signed)


def _inputs(then: CheckedOut, proof: ProofFile, lang: Lang) -> Iterator[Cause]:
    """Yield the inputs that the commit holds otherwise than the report says."""
    held = {one.path: one.sha256 for one in input_files(then.root, proof.round, proof.names, lang)}
    commit = str(proof.commit)[:10]
    for path, said in proof.sums.items():
        if path not in held:
            yield cause("input-missing", lang, path=visible(path), commit=commit)
        elif held[path] != said:
            kind = _KINDS.get(path.split("/", 1)[0], "config")
            yield cause(kind, lang, path=visible(path), commit=commit)
    for path in sorted(held.keys() - proof.sums.keys()):
        yield cause("input-unnamed", lang, path=visible(path), commit=commit)


def _again(then: CheckedOut, asked: Asked, reading: pdf_job.Reading, proof: ProofFile) -> Verdict:
    """Make the report again and compare."""
    lang = asked.lang
    try:
        made = produce(
            then,
            proof.names,
            proof.round,
            day=date.fromisoformat(proof.date),
            today=asked.today,
            lang=proof.lang,
            template=proof.template,
            heard=lambda _progress: None,
            against=proof.against,
        )
    except EnvironmentLacksError:
        raise
    except (AssessError, ValueError) as error:
        words = {"commit": str(proof.commit)[:10], "detail": visible(str(error))}
        return Verdict("different", (cause("again", lang, **words),))
    ours = made.rendered.pdf
    if asked.pdf[: asked.original] == ours:
        return Verdict("same")
    second = ask(pdf_job.ReadTask(pdf=ours), lang)
    our_proof = decode(second.provenance) if isinstance(second, pdf_job.Reading) else None
    if not isinstance(second, pdf_job.Reading) or our_proof is None:
        return Verdict("different", (_unread(second, lang),))
    return _compared(reading, second, proof, our_proof, lang)


def _compared(
    reading: pdf_job.Reading,
    second: pdf_job.Reading,
    proof: ProofFile,
    ours: ProofFile,
    lang: Lang,
) -> Verdict:
    tools = tuple(_other_tools(proof, ours))
    found = differences(
        reading,
        second,
        proof,
        ours,
        same_tools=not tools,
        same_setting=_setting(proof) == _setting(ours),
        lang=lang,
    )
    causes = list(found)
    if not causes and not tools:
        causes = [cause("bytes", lang)]
    elif causes and proof.tool_version != __version__:
        causes.insert(
            0, cause("program", lang, theirs=visible(proof.tool_version), ours=__version__)
        )
    elif causes and proof.templates != ours.templates:
        causes.insert(0, cause("own-template", lang, name=visible(proof.template)))
    return Verdict("different" if causes else "content", tuple(causes), tools=tools)


def _setting(proof: ProofFile) -> dict[str, str]:
    """Return fonts and tools that decide how a page is drawn."""
    rows = proof.setting() | {"assess": proof.tool_version, "templates": proof.templates}
    return {name: said for name, said in rows.items() if name not in _NEVER_DRAW}


def _other_tools(theirs: ProofFile, ours: ProofFile) -> Iterator[str]:
    """Yield what the report was set with, and what is here, where these differ."""
    first = theirs.setting() | {"assess": theirs.tool_version, "templates": theirs.templates}
    second = ours.setting() | {"assess": ours.tool_version, "templates": ours.templates}
    for name in sorted(first.keys() | second.keys()):
        one, other = first.get(name, "–"), second.get(name, "–")
        if one != other:
            yield visible(f"{name} {one[:_SHOWN]} ≠ {other[:_SHOWN]}")


_NEVER_DRAW = ("Python", "zlib")
"""Tools with which the same page is drawn: it is only packed otherwise."""

_SHOWN = 16
"""Characters of a version or hash that are shown."""
