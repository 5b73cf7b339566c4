"""Settings that are passed to git commands and override those of a repository."""

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
"""Settings under which git starts no program of a repository and reads large objects in parts."""

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
    "diff.orderFile=/dev/null",
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
"""Settings of every git command, in trusted repositories too. They decide which files a commit or a
merge contains, and how long git waits for a stale lock. With other values in a repository, a commit
could leave out files without a message."""

NOTHING = "ASSESS_NOTHING"
"""A variable that is empty for git, for settings whose name `-c` can't pass (`--config-env`)."""
