package io.strowger.standalone.command;

import io.strowger.runtime.settings.SettingsException;
import io.strowger.standalone.platform.Services;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.ParseResult;

/// The words of the command line.
@Command(
        name = "strowger",
        description = "Open call automation: places, answers and controls real phone calls.",
        mixinStandardHelpOptions = true,
        version = "Strowger 0.1.0",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {HelpCommand.class},
        footer = {
            "",
            "Also: strowger bench NAME   measures this machine, ours beside a floor; --help tells names.",
            "Settings: --config FILE (YAML) over the defaults; the environment over both,",
            "e.g. STROWGER_HTTP_PORT for http.port.",
            "First steps: strowger demo, then strowger up."
        })
public final class Strowger {
    private Strowger() {}

    /// Runs a command to its end.
    ///
    /// @return the exit code
    public static int run(String... args) {
        CommandLine line =
                new CommandLine(new Strowger())
                        .addSubcommand(new UpCommand())
                        .addSubcommand(new DemoCommand())
                        .addSubcommand(new PhoneCommand())
                        .addSubcommand(new TailCommand())
                        .addSubcommand(new DoctorCommand())
                        .addSubcommand(new TopicsCommand())
                        .addSubcommand(new WebhooksCommand())
                        .addSubcommand(new KeysCommand())
                        .addSubcommand(new BrokerCommand())
                        .addSubcommand(new ChaosCommand());
        for (Services service : Services.all()) {
            CommandLine one = new CommandLine(new ServiceCommand(service));
            one.getCommandSpec().usageMessage().description(service.purpose());
            line.addSubcommand(service.word(), one);
        }
        line.setExecutionExceptionHandler(Strowger::failed);
        if (args.length == 0) {
            line.usage(line.getOut());
            return CommandLine.ExitCode.USAGE;
        }
        return line.execute(args);
    }

    /// What can be mended by who started it is said in one line; anything else with its trace.
    private static int failed(Exception failure, CommandLine line, ParseResult result) {
        PrintWriter err = line.getErr();
        if (failure instanceof SettingsException
                || failure instanceof java.io.IOException
                || failure instanceof IllegalStateException) {
            err.println("strowger: " + failure.getMessage());
        } else {
            failure.printStackTrace(err);
        }
        err.flush();
        return CommandLine.ExitCode.SOFTWARE;
    }
}
