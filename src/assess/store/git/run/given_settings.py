"""Settings that are given with git commands, whatever a repository says."""

from __future__ import annotations

INERT = (
    "core.fsmonitor=false",
    "core.hooksPath=/dev/null",
    "core.pager=cat",
    "core.sshCommand=false",
    "core.askPass=",
    "diff.external=",
    "gpg.program=false",
    "gpg.ssh.program=false",
    "gpg.x509.program=false",
    "commit.gpgSign=false",
    "tag.gpgSign=false",
    "tag.forceSignAnnotated=false",
    "gc.auto=0",
    "maintenance.auto=false",
    "protocol.allow=never",
    "submodule.recurse=false",
    "core.quotePath=false",
    "core.bigFileThreshold=16m",
)
"""Settings under which git starts no program of a repository, and reads vast objects in parts."""

RELIED_ON = (
    "attr.tree=",
    "commit.cleanup=whitespace",
    "core.autocrlf=false",
    "core.checkStat=default",
    "core.commitGraph=false",
    "core.eol=lf",
    "core.filesRefLockTimeout=100",
    "core.ignoreStat=false",
    "core.maxTreeDepth=2048",
    "core.packedRefsTimeout=1000",
    "core.safecrlf=false",
    "core.sparseCheckout=false",
    "core.splitIndex=false",
    "core.trustctime=true",
    "core.untrackedCache=false",
    "i18n.commitEncoding=UTF-8",
    "i18n.logOutputEncoding=UTF-8",
    "merge.autoStash=false",
    "merge.branchdesc=false",
    "merge.conflictStyle=merge",
    "merge.default=text",
    "merge.directoryRenames=conflict",
    "merge.ff=true",
    "merge.log=false",
    "merge.renames=true",
    "merge.renormalize=false",
    "reftable.lockTimeout=100",
    "rerere.autoUpdate=false",
    "rerere.enabled=false",
)
"""Settings of every git here, of trusted repositories too: on them depends what a commit or a
merge takes in, and how long git waits for a lock that was left behind. A repository could say
otherwise, and leave somebody's work out in silence."""

NOTHING = "ASSESS_NOTHING"
"""A variable that git sees empty, for settings whose name `-c` can't take (`--config-env`)."""
