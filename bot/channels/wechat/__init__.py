"""WeChat's official account (公众号, 服务号): tenants write to it one to one. wechatpy is imported here only."""
