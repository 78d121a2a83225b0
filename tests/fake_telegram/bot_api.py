"""The methods the fake plays, each refusing what Telegram refuses."""

import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from fake_telegram.chat import Chat, Posted
from fake_telegram.refusal import RefusalError, bad_request, conflict, too_many
from fake_telegram.text_rules import LONGEST_NOTICE, check_keyboard, shown_text
from fake_telegram.world import World

Parameters = Mapping[str, Any]
HOUR = 3600
DELETABLE_FOR = 48 * HOUR
TAP_LASTS = 15 * 60
BIGGEST_FILE = 20 * 1024 * 1024
LOCAL = re.compile(r"http://(127\.0\.0\.1|localhost)(:\d+)?/")


async def call(world: World, method: str, parameters: Parameters) -> object:
    """Do what *method* asks and return its result.

    Raises:
        RefusalError: Telegram would refuse, or the fake does not play this method.

    """
    if method in WAITING:
        return await WAITING[method](world, parameters)
    if method in PROMPT:
        return PROMPT[method](world, parameters)
    raise RefusalError(501, f"Not Implemented: the fake does not play {method}")


def _me(world: World, _: Parameters) -> object:
    return world.me


def _send_message(world: World, asked: Parameters) -> object:
    chat = world.writable_chat(asked["chat_id"])
    content = _content(asked)
    _admit(world, chat)
    return world.new_message(chat, _as_sender(world), content).body


def _content(asked: Parameters) -> dict[str, Any]:
    content: dict[str, Any] = {"text": shown_text(asked["text"], asked.get("parse_mode", ""))}
    markup = asked.get("reply_markup", {})
    check_keyboard(markup)
    if markup.get("inline_keyboard"):
        content["reply_markup"] = markup
    return content


def _admit(world: World, chat: Chat) -> None:
    wait = world.meter.admit(chat.id, is_group=chat.is_group, now=world.clock.now())
    if wait:
        raise too_many(wait)


def _as_sender(world: World) -> dict[str, Any]:
    return {key: world.me[key] for key in ("id", "is_bot", "first_name", "username")}


def _edit_text(world: World, asked: Parameters) -> object:
    chat, message = _own_message(world, asked)
    return _change(world, chat, message, _content(asked))


def _edit_markup(world: World, asked: Parameters) -> object:
    chat, message = _own_message(world, asked)
    return _change(world, chat, message, _content({**asked, "text": message.text}))


def _own_message(world: World, asked: Parameters) -> tuple[Chat, Posted]:
    if "chat_id" not in asked or "message_id" not in asked:
        raise bad_request("message identifier is not specified")
    chat = world.writable_chat(asked["chat_id"])
    message = chat.messages.get(asked["message_id"])
    if message is None or message.is_deleted:
        raise bad_request("message to edit not found")
    if not message.is_from_bot:
        raise bad_request("message can't be edited")
    return chat, message


def _change(world: World, chat: Chat, message: Posted, content: dict[str, Any]) -> object:
    shown = {key: message.body[key] for key in ("text", "reply_markup") if key in message.body}
    if shown == content:
        raise bad_request(
            "message is not modified: specified new message content and reply markup are "
            "exactly the same as a current content and reply markup of the message"
        )
    _admit(world, chat)
    kept = {key: value for key, value in message.body.items() if key != "reply_markup"}
    message.body = {**kept, **content, "edit_date": int(world.clock.now())}
    message.text = content["text"]
    world.pulse.beat()
    return message.body


def _delete_message(world: World, asked: Parameters) -> object:
    chat = world.writable_chat(asked["chat_id"])
    message = chat.messages.get(asked["message_id"])
    if message is None or message.is_deleted:
        raise bad_request("message to delete not found")
    _check_age(world, message)
    _remove(world, message)
    return True


def _delete_messages(world: World, asked: Parameters) -> object:
    chat = world.writable_chat(asked["chat_id"])
    if not 1 <= len(asked["message_ids"]) <= 100:
        raise bad_request("expected 1 to 100 message identifiers")
    found = [chat.messages[id_] for id_ in asked["message_ids"] if id_ in chat.messages]
    for message in found:
        _check_age(world, message)
    for message in found:
        _remove(world, message)
    return True


def _check_age(world: World, message: Posted) -> None:
    if world.clock.now() - message.at > DELETABLE_FOR:
        raise bad_request("message can't be deleted for everyone")


def _remove(world: World, message: Posted) -> None:
    message.is_deleted = True
    world.pulse.beat()


def _answer_tap(world: World, asked: Parameters) -> object:
    tap = world.taps.get(asked["callback_query_id"])
    if tap is None or tap.is_answered or world.clock.now() - tap.at > TAP_LASTS:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    if len(asked.get("text", "")) > LONGEST_NOTICE:
        raise bad_request("MESSAGE_TOO_LONG")
    tap.is_answered = True
    tap.notices.append(asked.get("text", ""))
    world.pulse.beat()
    return True


def _set_commands(world: World, asked: Parameters) -> object:
    if len(asked["commands"]) > 100:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in asked["commands"]:
        if not re.fullmatch(r"/?[a-z0-9_]{1,32}", command["command"]):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(command["description"].strip()) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    world.commands[_menu(asked)] = asked["commands"]
    return True


def _menu(asked: Parameters) -> tuple[str, str]:
    language = asked.get("language_code", "")
    if language and not re.fullmatch(r"[a-z]{2}", language):
        raise bad_request("invalid language code specified")
    return (language, asked.get("scope", {}).get("type", "default"))


def _commands(world: World, asked: Parameters) -> object:
    return world.commands.get(_menu(asked), [])


def _delete_commands(world: World, asked: Parameters) -> object:
    world.commands.pop(_menu(asked), None)
    return True


def _file(world: World, asked: Parameters) -> object:
    file = world.files.get(asked["file_id"])
    if file is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if len(file.content) > BIGGEST_FILE:
        raise bad_request("file is too big")
    return {
        "file_id": file.id,
        "file_unique_id": f"U{file.id}",
        "file_size": len(file.content),
        "file_path": file.path,
    }


def _chat_action(world: World, asked: Parameters) -> object:
    world.writable_chat(asked["chat_id"])
    return True


async def _updates(world: World, asked: Parameters) -> object:
    if world.webhook.url:
        raise conflict(
            "can't use getUpdates method while webhook is active; "
            "use deleteWebhook to delete the webhook first"
        )
    world.updates.choose(asked.get("allowed_updates"))
    return await world.updates.poll(
        asked.get("offset", 0), asked.get("limit", 100), asked.get("timeout", 0)
    )


async def _set_webhook(world: World, asked: Parameters) -> object:
    url, secret = asked["url"], asked.get("secret_token", "")
    if url and not (url.startswith("https://") or LOCAL.match(url)):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if not re.fullmatch(r"[A-Za-z0-9_-]{0,256}", secret):
        raise bad_request("secret token contains unallowed characters")
    _drop_pending(world, asked)
    world.updates.choose(asked.get("allowed_updates"))
    await (world.webhook.point_at(url, secret) if url else world.webhook.stop())
    return True


async def _delete_webhook(world: World, asked: Parameters) -> object:
    _drop_pending(world, asked)
    await world.webhook.stop()
    return True


def _drop_pending(world: World, asked: Parameters) -> None:
    if asked.get("drop_pending_updates"):
        world.updates.confirm(world.updates.next_id)


def _webhook_info(world: World, _: Parameters) -> object:
    return world.webhook.describe()


PROMPT: Mapping[str, Callable[[World, Parameters], object]] = {
    "getMe": _me,
    "sendMessage": _send_message,
    "editMessageText": _edit_text,
    "editMessageReplyMarkup": _edit_markup,
    "deleteMessage": _delete_message,
    "deleteMessages": _delete_messages,
    "answerCallbackQuery": _answer_tap,
    "setMyCommands": _set_commands,
    "getMyCommands": _commands,
    "deleteMyCommands": _delete_commands,
    "getFile": _file,
    "sendChatAction": _chat_action,
    "getWebhookInfo": _webhook_info,
}
WAITING: Mapping[str, Callable[[World, Parameters], Awaitable[object]]] = {
    "getUpdates": _updates,
    "setWebhook": _set_webhook,
    "deleteWebhook": _delete_webhook,
}
