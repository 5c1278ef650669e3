package dev.websentry.server.webhook;

import dev.websentry.server.webhook.WebhookFormatter.ChatText;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Creates the JSON that chat services accept. */
final class ChatPayloads {
    private static final String OPEN_REPORT = "Open the report";

    /** The red of a failed check. */
    private static final int DISCORD_COLOR = 0xC0392B;

    private static final int NTFY_PRIORITY_HIGH = 4;

    private ChatPayloads() {}

    /**
     * Creates a message for an incoming webhook of Slack
     * (docs.slack.dev/messaging/sending-messages-using-incoming-webhooks).
     */
    static ObjectNode slack(ChatText text) {
        // "text" is the text of notifications. It is the only part with markup, so its special characters are escaped.
        ObjectNode message = object().put("text", escapeSlack(text.title()));
        ArrayNode blocks = message.putArray("blocks");
        blocks.addObject().put("type", "header").set("text", slackText(text.title()));
        blocks.addObject().put("type", "section").set("text", slackText(text.body()));
        if (!text.url().isEmpty()) {
            ArrayNode elements = blocks.addObject().put("type", "context").putArray("elements");
            elements.add(slackText(text.url()));
        }
        text.report()
                .ifPresent(report -> blocks.addObject()
                        .put("type", "actions")
                        .putArray("elements")
                        .addObject()
                        .put("type", "button")
                        .put("url", report)
                        .set("text", slackText(OPEN_REPORT)));
        return message;
    }

    private static ObjectNode slackText(String text) {
        return object().put("type", "plain_text").put("text", text).put("emoji", false);
    }

    /** Escapes the three characters that control Slack's markup, such as mentions. */
    private static String escapeSlack(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /**
     * Creates a message with an Adaptive Card 1.4 for a workflow of Microsoft Teams with the trigger "When a Teams
     * webhook request is received". The runs of a RichTextBlock contain no Markdown.
     */
    static ObjectNode teams(ChatText text) {
        ObjectNode message = object().put("type", "message");
        ObjectNode attachment = message.putArray("attachments")
                .addObject()
                .put("contentType", "application/vnd.microsoft.card.adaptive")
                .putNull("contentUrl");
        ObjectNode card = attachment
                .putObject("content")
                .put("$schema", "http://adaptivecards.io/schemas/adaptive-card.json")
                .put("type", "AdaptiveCard")
                .put("version", "1.4");
        ArrayNode body = card.putArray("body");
        body.add(teamsText(run(text.title()).put("size", "Large").put("weight", "Bolder")));
        body.add(teamsText(run(text.body())));
        if (!text.url().isEmpty()) {
            body.add(teamsText(run(text.url()).put("isSubtle", true)));
        }
        text.report()
                .ifPresent(report -> card.putArray("actions")
                        .addObject()
                        .put("type", "Action.OpenUrl")
                        .put("title", OPEN_REPORT)
                        .put("url", report));
        return message;
    }

    private static ObjectNode run(String text) {
        return object().put("type", "TextRun").put("text", text);
    }

    private static ObjectNode teamsText(ObjectNode run) {
        ObjectNode block = object().put("type", "RichTextBlock");
        block.putArray("inlines").add(run);
        return block;
    }

    /** Creates a message for a webhook of Discord (discord.com/developers/docs/resources/webhook#execute-webhook). */
    static ObjectNode discord(ChatText text) {
        ObjectNode message = object();
        ObjectNode embed = message.putArray("embeds").addObject();
        embed.put("title", text.title()).put("description", text.body()).put("color", DISCORD_COLOR);
        text.report().ifPresent(report -> embed.put("url", report));
        if (!text.url().isEmpty()) {
            // A code span contains no markup except for its end.
            embed.putArray("fields")
                    .addObject()
                    .put("name", "Site")
                    .put("value", "`" + text.url().replace("`", "%60") + "`");
        }
        // Without it, a text such as @everyone would notify all members.
        message.putObject("allowed_mentions").putArray("parse");
        return message;
    }

    /** Creates a message for ntfy (docs.ntfy.sh/publish/#publish-as-json), whose text is plain by default. */
    static ObjectNode ntfy(ChatText text, String topic) {
        ObjectNode message = object().put("topic", topic)
                .put("title", text.title())
                .put("message", text.url().isEmpty() ? text.body() : text.body() + "\n" + text.url())
                .put("priority", NTFY_PRIORITY_HIGH);
        message.putArray("tags").add("warning");
        text.report().ifPresent(report -> message.put("click", report));
        return message;
    }

    private static ObjectNode object() {
        return JsonMapper.shared().createObjectNode();
    }
}
