"""Staff in WeCom (企业微信): a bot (智能机器人) in an internal group, called back or on a line."""
