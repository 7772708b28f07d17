"""Groups in WeCom that are only told: a group's robot (群机器人, 消息推送) posts, and hears nothing."""
