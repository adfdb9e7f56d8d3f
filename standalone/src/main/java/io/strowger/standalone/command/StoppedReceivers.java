package io.strowger.standalone.command;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Receivers of webhooks that answered 410 Gone.
final class StoppedReceivers {
    private static final String PATH = "/admin/webhooks/stopped";

    private StoppedReceivers() {}

    /// Which there are.
    @Command(
            name = "stopped",
            description = {
                "Prints a line for each receiver that gets nothing for a day because it answered 410 Gone:",
                "id, until when, address, the call, or `all calls` of an application's subscription."
            },
            mixinStandardHelpOptions = true)
    static final class ListStopped implements Callable<Integer> {
        @Mixin private AdminOption admin = new AdminOption();
        @Spec private CommandSpec spec = CommandSpec.create();

        @Override
        public Integer call() throws Exception {
            JsonArray stopped =
                    Letters.json(admin.connect().send("GET", PATH, BodyHandlers.ofString()))
                            .getJsonArray("stopped");
            PrintWriter out = spec.commandLine().getOut();
            for (int i = 0; i < stopped.size(); i++) {
                JsonObject one = stopped.getJsonObject(i);
                out.printf(
                        "%s  %-24s  %s  %s%n",
                        one.getString("id"),
                        one.getString("until"),
                        one.getString("callbackUri"),
                        one.getString("serverCallId", "all calls"));
            }
            out.println(stopped.size() + " stopped receivers");
            out.flush();
            return 0;
        }
    }

    /// Asks them again.
    @Command(
            name = "resume",
            description = {
                "Lets receivers get events again before their day is over. What they missed is among the",
                "dead letters: `replay` sends it."
            },
            mixinStandardHelpOptions = true)
    static final class Resume implements Callable<Integer> {
        @Mixin private AdminOption admin = new AdminOption();

        @Parameters(paramLabel = "ID", arity = "1..*", description = "as `stopped` says")
        private List<String> ids = new ArrayList<>();

        @Spec private CommandSpec spec = CommandSpec.create();

        @Override
        public Integer call() throws Exception {
            AdminOption.Answers dispatcher = admin.connect();
            PrintWriter out = spec.commandLine().getOut();
            for (String id : ids) {
                JsonObject resumed =
                        Letters.json(
                                dispatcher.send(
                                        "POST",
                                        PATH + "/" + id + "/resume",
                                        BodyHandlers.ofString()));
                out.println(resumed.getString("id") + "  gets events again");
                out.flush();
            }
            return 0;
        }
    }
}
