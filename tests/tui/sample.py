"""A small workspace with an item of every kind, for the tests of the terminal interface."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from assess.i18n import Lang
from assess.tui.app import AssessApp
from assess.workspace import SheetName, Workspace

TODAY = date(2026, 6, 1)
NOW = datetime(2026, 6, 1, 9, 31, tzinfo=timezone(timedelta(hours=8)))
SHEET = SheetName("kinds")
OTHER = SheetName("plain")

CONFIG = """\
format: assess/config/1
language: zh
organization:
  id: qingxi-data
  name: {zh: 示例市青溪区数据局, en: Qingxi District Data Bureau}
people:
  wang-min: {name: 王敏, roles: [filler]}
checklists:
  kinds: {source: local}
  plain: {source: local}
rounds:
  "2026":
    title: {zh: 2026 年自查, en: Self-check 2026}
    state: open
    sheets: [kinds, plain]
"""

KINDS = """\
format: assess/checklist/1
id: kinds
version: "2026.1"
title: {zh: 各种题型检查表, en: Every kind of item}
scope: organization
basis:
  csl: {title: {zh: 中华人民共和国网络安全法, en: Cybersecurity Law}}
scoring: {method: percent, partial: 0.5}
profile:
  egov_access: {type: boolean, question: {zh: 是否接入电子政务外网？, en: Connected?}}
sections:
  - id: first
    title: {zh: 边界防护, en: Boundary}
    items:
      - id: KND-01
        kind: conformity
        title: {zh: 边界默认拒绝, en: Deny by default}
        requirement: {zh: 政务外网边界只放行业务确需的通信。, en: The boundary permits only what business needs.}
        check:
          - {zh: 登录边界防火墙，看最后一条策略。, en: Log in to the boundary firewall and look at the last rule.}
          - {zh: 抽 3 条放行策略，找出申请单。, en: Take three permit rules and find their forms.}
        evidence:
          - {id: policy, required: true, text: {zh: 策略页面截图, en: Screenshot of the policy page}}
        remedy: {now: {zh: 加一条默认拒绝策略。, en: Append a default deny rule.}}
        weight: 3
        high_risk:
          case: 6.3.2.1
          mitigations:
            - {id: host-acl, lowers_to: medium, text: {zh: 主机访问控制, en: Host access control}}
        applies_when: {fact: egov_access, is: true}
        refs: [{basis: csl, clause: "23", verified: true}]
      - id: KND-02
        kind: ladder
        title: {zh: 策略清理周期, en: How often rules are cleaned}
        requirement: {zh: 边界策略定期清理。, en: Rules are cleaned regularly.}
        rungs:
          - {id: quarterly, degree: 1, text: {zh: 每季度清理并有记录, en: "Each quarter, with records"}}
          - {id: yearly, degree: 0.5, text: {zh: 每年清理一次, en: Once a year}}
          - {id: never, degree: 0, text: {zh: 未清理, en: Never}}
      - id: KND-03
        kind: ratio
        title: {zh: 网络安全员覆盖率, en: Units with a security officer}
        requirement: {zh: 各内设机构都有网络安全员。, en: Every inner unit has a security officer.}
        ratio:
          part: {zh: 有网络安全员的内设机构数, en: Inner units with an officer}
          whole: {zh: 内设机构总数, en: Inner units in all}
      - id: KND-04
        kind: number
        title: {zh: 高危漏洞平均整改天数, en: Mean days to mend}
        requirement: {zh: 高危漏洞及时整改。, en: Vulnerabilities are mended in time.}
        number: {unit: {zh: 天, en: days}, min: 0, max: 3650, decimals: 1, steps: [{at_most: 7, degree: 1}]}
  - id: second
    title: {zh: 其他, en: Others}
    items:
      - id: KND-05
        kind: date
        title: {zh: 最近一次应急演练, en: Last drill}
        requirement: {zh: 填写最近一次演练的日期。, en: Give the date of the last drill.}
        date: {earliest: "2000-01-01", future: false}
      - id: KND-06
        kind: text
        title: {zh: 值班电话, en: Duty telephone}
        requirement: {zh: 填写值班电话。, en: Give the duty telephone.}
        text: {max_length: 40, pattern: phone}
      - id: KND-07
        kind: choice
        title: {zh: 技术支撑队伍, en: Technical support team}
        requirement: {zh: 有应急技术支撑队伍。, en: There is a team for incidents.}
        options:
          - {id: own, degree: 1, text: {zh: 本单位自有, en: Own}}
          - {id: none, degree: 0, text: {zh: 无, en: None}}
        other: {degree: 0.5}
      - id: KND-08
        kind: choices
        title: {zh: 终端防护措施, en: Protection of terminals}
        requirement: {zh: 勾选已落实的措施。, en: Tick what is in place.}
        options:
          - {id: antivirus, degree: 0.5, text: {zh: 防病毒, en: Anti-malware}}
          - {id: admission, degree: 0.5, text: {zh: 准入控制, en: Network admission}}
          - {id: nothing, exclusive: true, degree: 0, text: {zh: 均未落实, en: None of these}}
        other: {}
      - id: KND-09
        kind: table
        title: {zh: 互联网出口, en: Internet ports}
        requirement: {zh: 逐一登记互联网出口。, en: List every internet port.}
        rows: {min: 1, max: 5}
        columns:
          - {id: carrier, type: text, required: true, title: {zh: 运营商, en: Carrier}}
          - {id: mbps, type: number, min: 0, title: {zh: 带宽, en: Bandwidth}}
          - {id: backup, type: boolean, title: {zh: 备用, en: Backup}}
          - {id: since, type: date, title: {zh: 启用日期, en: In use since}}
"""

PLAIN = """\
format: assess/checklist/1
id: plain
version: "2026.1"
title: {zh: 责任制检查表, en: Responsibility}
scope: organization
basis:
  csl: {title: {zh: 中华人民共和国网络安全法, en: Cybersecurity Law}}
scoring: {method: percent}
sections:
  - id: duty
    title: {zh: 责任体系, en: Duty}
    items:
      - {id: PLN-01, kind: conformity, title: {zh: 第一责任人, en: Leader}, requirement: {zh: 明确第一责任人。, en: Named.}}
"""


def workspace(root: Path, lang: Lang) -> Workspace:
    """Make the workspace at `root`."""
    (root / "checklists").mkdir(parents=True)
    (root / "assess.yaml").write_text(CONFIG, encoding="utf-8")
    (root / "checklists" / "kinds.yaml").write_text(KINDS, encoding="utf-8")
    (root / "checklists" / "plain.yaml").write_text(PLAIN, encoding="utf-8")
    return Workspace(root, lang)


def app(here: Workspace, lang: Lang, start: SheetName | None = SHEET) -> AssessApp:
    """Return the app over the workspace, straight on the sheet with every kind."""
    return AssessApp(here, "2026", "wang-min", TODAY, lambda: NOW, lang, start)
