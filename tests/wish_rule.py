"""The smallest file of rules: one rule, with all that a rule must have."""

RULE = """
rules:
  wish:
    category: suicide
    level: urgent
    languages: [zh_CN]
    patterns: [想死]
    reason: {en: Wants to die., zh_CN: 说想死。}
    catch: 我想死
    leave: 想你
"""
