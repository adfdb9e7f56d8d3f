package io.strowger.standalone.command;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Events that webhooks did not take.
@Command(
        name = "webhooks",
        description = {
            "Events that were given up because their receiver did not take them: lists them, shows one,",
            "sends them again; receivers that want no more. Asks a running webhook-dispatcher, signed",
            "with the installation's key."
        },
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "list|show|replay|stopped|resume",
        subcommands = {
            WebhooksCommand.ListLetters.class,
            WebhooksCommand.Show.class,
            WebhooksCommand.Replay.class,
            StoppedReceivers.ListStopped.class,
            StoppedReceivers.Resume.class
        },
        footer = {
            "",
            "Examples:",
            "  strowger webhooks list --receiver app.example.com",
            "  strowger webhooks show 17",
            "  strowger webhooks replay 17",
            "  strowger webhooks replay --receiver app.example.com --from 2026-11-22T16:00:00Z",
            "  strowger webhooks stopped",
            "  strowger webhooks resume 6f1c3b1e-0d0a-3f6e-9a53-6a3f5a1b2c3d"
        })
final class WebhooksCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getOut());
        return 2;
    }

    /// Which there are.
    @Command(
            name = "list",
            description = {
                "Prints a line for each, oldest first: id, when it was given up, receiver, kind of event,",
                "sequence number, why. Events are kept here for 14 days."
            },
            mixinStandardHelpOptions = true)
    static final class ListLetters implements Callable<Integer> {
        @Mixin private AdminOption admin = new AdminOption();
        @Mixin private Letters letters = new Letters();

        @Option(names = "--replayed", description = "also those that were accepted since")
        private boolean replayed;

        @Spec private CommandSpec spec = CommandSpec.create();

        @Override
        public Integer call() throws Exception {
            AdminOption.Answers dispatcher = admin.connect();
            PrintWriter out = spec.commandLine().getOut();
            long after = -1;
            int count = 0;
            do {
                String query = letters.query(after, replayed ? "&replayed=true" : "");
                JsonObject page =
                        Letters.json(
                                dispatcher.send(
                                        "GET", Letters.PATH + query, BodyHandlers.ofString()));
                JsonArray found = page.getJsonArray("deadLetters");
                for (int i = 0; i < found.size(); i++) {
                    out.println(Letters.line(found.getJsonObject(i)));
                }
                out.flush();
                count += found.size();
                after = page.getLong("next", -1L);
            } while (after >= 0);
            out.println(count + " dead letters");
            out.flush();
            return 0;
        }
    }

    /// One of them.
    @Command(
            name = "show",
            description =
                    "Prints one with its receiver's address and its body as it would be sent.",
            mixinStandardHelpOptions = true)
    static final class Show implements Callable<Integer> {
        @Mixin private AdminOption admin = new AdminOption();

        @Parameters(paramLabel = "ID", description = "as `list` says")
        private long id;

        @Spec private CommandSpec spec = CommandSpec.create();

        @Override
        public Integer call() throws Exception {
            JsonObject letter =
                    Letters.json(
                            admin.connect()
                                    .send("GET", Letters.PATH + "/" + id, BodyHandlers.ofString()));
            PrintWriter out = spec.commandLine().getOut();
            out.println(letter.encodePrettily());
            out.flush();
            return 0;
        }
    }

    /// Sends them again.
    @Command(
            name = "replay",
            description = {
                "Sends some again, each once, oldest first, with the id that each always had. Say ids, or",
                "which by receiver and time. What is accepted is not sent again by a later replay; what is",
                "not stays where it is. Exit code 1 when something was not accepted."
            },
            mixinStandardHelpOptions = true)
    static final class Replay implements Callable<Integer> {
        @Mixin private AdminOption admin = new AdminOption();
        @Mixin private Letters letters = new Letters();

        @Parameters(paramLabel = "ID", arity = "0..*", description = "as `list` says")
        private List<Long> ids = new ArrayList<>();

        @Spec private CommandSpec spec = CommandSpec.create();

        @Override
        public Integer call() throws Exception {
            if (ids.isEmpty() == !letters.isBounded()) {
                throw new IllegalStateException(
                        "say ids, or which by --receiver, --from, --until; not both");
            }
            AdminOption.Answers dispatcher = admin.connect();
            return ids.isEmpty() ? range(dispatcher) : each(dispatcher);
        }

        private int each(AdminOption.Answers dispatcher) throws Exception {
            int failed = 0;
            for (long id : ids) {
                HttpResponse<String> response =
                        dispatcher.send(
                                "POST",
                                Letters.PATH + "/" + id + "/replay",
                                BodyHandlers.ofString());
                failed += print(Letters.json(response)) ? 0 : 1;
            }
            return failed == 0 ? 0 : 1;
        }

        private int range(AdminOption.Answers dispatcher) throws Exception {
            HttpResponse<Stream<String>> response =
                    dispatcher.send(
                            "POST", Letters.REPLAY + letters.query(-1, ""), BodyHandlers.ofLines());
            int sent = 0;
            int failed = 0;
            boolean whole = false;
            try (Stream<String> lines = response.body()) {
                for (Iterator<String> each = lines.iterator(); each.hasNext(); ) {
                    JsonObject line = new JsonObject(each.next());
                    if (line.containsKey("error")) {
                        throw new IllegalStateException(
                                line.getJsonObject("error").getString("message"));
                    }
                    whole = line.getBoolean("done", false);
                    if (!whole) {
                        sent++;
                        failed += print(line) ? 0 : 1;
                    }
                }
            }
            if (!whole) {
                throw new IllegalStateException("the dispatcher broke off: say the same again");
            }
            PrintWriter out = spec.commandLine().getOut();
            out.println((sent - failed) + " of " + sent + " accepted");
            out.flush();
            return failed == 0 ? 0 : 1;
        }

        /// @return whether it was accepted
        private boolean print(JsonObject result) {
            PrintWriter out = spec.commandLine().getOut();
            String outcome = result.getString("outcome");
            out.printf(
                    "%-8d  %-9s %s%n",
                    result.getLong("id"), outcome, result.getString("reason", ""));
            out.flush();
            return outcome.equals("accepted");
        }
    }
}
