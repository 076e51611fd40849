"""Channels, conversations, threads, and who is in them."""

from accounts.models import User
from chat import queries, wire
from chat.actions import channels, memberships, threads
from chat.requests.registry import commands


@commands.request(wire.ListChannels)
def list_channels(user: User, data: wire.ListChannels) -> wire.ChannelList:
    return wire.ChannelList(channels=queries.list_channels(user, kind=data.kind, query=data.query))


@commands.request(wire.CreateChannel)
def create_channel(user: User, data: wire.CreateChannel) -> wire.ChannelReply:
    channel = channels.create_channel(
        user, kind=data.kind, name=data.name, topic=data.topic, member_ids=data.members
    )
    return wire.ChannelReply(channel=channel)


@commands.request(wire.UpdateChannel)
def update_channel(user: User, data: wire.UpdateChannel) -> wire.ChannelReply:
    channel = channels.update_channel(
        user,
        channel_id=data.channel,
        name=data.name,
        topic=data.topic,
        archived=data.archived,
        posting=data.posting,
    )
    return wire.ChannelReply(channel=channel)


@commands.request(wire.OpenDirect)
def open_direct(user: User, data: wire.OpenDirect) -> wire.ChannelReply:
    return wire.ChannelReply(channel=channels.open_direct(user, user_ids=data.users))


@commands.request(wire.OpenThread)
def open_thread(user: User, data: wire.OpenThread) -> wire.ChannelReply:
    return wire.ChannelReply(channel=threads.open_thread(user, message_id=data.message))


@commands.request(wire.JoinChannel)
def join_channel(user: User, data: wire.JoinChannel) -> wire.ChannelReply:
    return wire.ChannelReply(channel=memberships.join_channel(user, channel_id=data.channel))


@commands.request(wire.LeaveChannel)
def leave_channel(user: User, data: wire.LeaveChannel) -> wire.ChannelReply:
    return wire.ChannelReply(channel=memberships.leave_channel(user, channel_id=data.channel))


@commands.request(wire.AddMember)
def add_member(user: User, data: wire.AddMember) -> wire.ChannelReply:
    channel = memberships.add_member(user, channel_id=data.channel, user_id=data.user)
    return wire.ChannelReply(channel=channel)


@commands.request(wire.RemoveMember)
def remove_member(user: User, data: wire.RemoveMember) -> wire.ChannelReply:
    channel = memberships.remove_member(user, channel_id=data.channel, user_id=data.user)
    return wire.ChannelReply(channel=channel)


@commands.request(wire.ListMembers)
def list_members(user: User, data: wire.ListMembers) -> wire.MemberList:
    members, has_after = queries.list_members(
        user, channel_id=data.channel, after=data.after, limit=data.limit
    )
    return wire.MemberList(members=members, has_after=has_after)
