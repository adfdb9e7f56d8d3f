package io.strowger.standalone.command;

import io.strowger.media.wav.WavReader;
import io.strowger.phone.Phone;
import io.strowger.phone.PhonePrinter;
import io.strowger.phone.PhoneSettings;
import io.strowger.runtime.settings.Settings;
import io.strowger.runtime.settings.SettingsException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// The built-in phone.
@Command(
        name = "phone",
        description = "A real SIP phone without a loudspeaker, to try things with; until Ctrl-C.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  strowger phone --listen 127.0.0.1:5070 --press 1",
            "  strowger phone --listen 127.0.0.1:5070 --reject 486",
            "  strowger phone --listen 127.0.0.1:5071 --transport tls --srtp require --echo",
            "  strowger phone --listen 127.0.0.1:0 --call sip:bob@127.0.0.1:5060 --say hello.wav --save heard.wav"
        })
final class PhoneCommand implements Callable<Integer> {
    private static final Duration REGISTER_FOR = Duration.ofMinutes(5);
    @Mixin private SettingsOption settings = new SettingsOption();

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            description = "where it listens; port 0: any free one (default ${DEFAULT-VALUE})",
            defaultValue = "127.0.0.1:0")
    private String listen = "";

    @Option(
            names = "--register",
            paramLabel = "USER",
            description = "registers as this sipUsername of the settings' users")
    private @Nullable String register;

    @Option(
            names = "--registrar",
            paramLabel = "HOST:PORT",
            description =
                    "where it registers (default: sip.port, or sip.tls.port, of the settings on 127.0.0.1)")
    private @Nullable String registrar;

    @Option(
            names = "--answer-after",
            paramLabel = "MS",
            description =
                    "rings this long, then picks up (default ${DEFAULT-VALUE}); below 0: never",
            defaultValue = "500")
    private long answerAfterMs;

    @Option(
            names = "--reject",
            paramLabel = "STATUS",
            description = "refuses calls with this SIP status, e.g. 486 (busy)")
    private int reject;

    @Option(
            names = "--press",
            paramLabel = "DIGITS",
            description = "presses these keys in each call: 0-9 * # A-D",
            defaultValue = "")
    private String press = "";

    @Option(
            names = "--press-after",
            paramLabel = "MS",
            description = "from picking up to the first key (default ${DEFAULT-VALUE})",
            defaultValue = "3000")
    private long pressAfterMs;

    @Option(
            names = "--say",
            paramLabel = "FILE",
            description = "plays this WAV file into each call")
    private @Nullable Path say;

    @Option(names = "--echo", description = "sends back what it hears")
    private boolean echo;

    @Option(
            names = "--save",
            paramLabel = "FILE",
            description = "writes what it heard to this WAV file when a call ends")
    private @Nullable Path save;

    @Option(
            names = "--hangup-after",
            paramLabel = "MS",
            description = "from picking up to hanging up; 0: never (default)")
    private long hangUpAfterMs;

    @Option(
            names = "--call",
            paramLabel = "URI",
            description = "calls this SIP URI, and ends with the call")
    private @Nullable String call;

    @Mixin private PhoneSecurity security = new PhoneSecurity();

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        Settings loaded = settings.load();
        PrintWriter out = spec.commandLine().getOut();
        try (Phone phone =
                Phone.start(
                        behaviour(loaded), new PhonePrinter(System.out, InstantSource.system()))) {
            if (call == null) {
                Foreground.stops(phone);
            }
            out.println("READY " + phone.uri());
            out.flush();
            if (call != null) {
                var placed = phone.call(call);
                placed.awaitState(io.strowger.phone.PhoneCall.State.ENDED, Duration.ofDays(1));
                return placed.endStatus() == 200 ? 0 : 1;
            }
            Foreground.run();
        }
        return 0;
    }

    private PhoneSettings behaviour(Settings loaded) throws IOException {
        int colon = listen.lastIndexOf(':');
        if (colon < 1 || !listen.substring(colon + 1).matches("\\d{1,5}")) {
            throw new SettingsException(
                    "--listen " + listen + ": write HOST:PORT, e.g. 127.0.0.1:5070");
        }
        if (!press.matches("[0-9*#A-Da-d]*")) {
            throw new SettingsException("--press " + press + ": keys are 0-9 * # A-D");
        }
        if (reject != 0 && (reject < 300 || reject > 699)) {
            throw new SettingsException("--reject " + reject + ": a status is 300..699, e.g. 486");
        }
        PhoneSettings phone =
                PhoneSettings.listening(
                                listen.substring(0, colon),
                                Integer.parseInt(listen.substring(colon + 1)))
                        .withAnswerAfter(
                                answerAfterMs < 0 ? null : Duration.ofMillis(answerAfterMs))
                        .withReject(reject)
                        .withPress(press, Duration.ofMillis(pressAfterMs))
                        .withHangUpAfter(
                                hangUpAfterMs > 0 ? Duration.ofMillis(hangUpAfterMs) : null);
        if (echo) {
            phone = phone.withSays(new PhoneSettings.Echo());
        }
        if (say != null) {
            phone = phone.withSays(new PhoneSettings.Clip(read(say), false));
        }
        if (save != null) {
            phone = phone.withSave(save);
        }
        phone = security.apply(phone, loaded);
        return register == null ? phone : phone.withAccount(account(loaded, register));
    }

    private PhoneSettings.Account account(Settings loaded, String user) {
        var known =
                loaded.users().stream()
                        .filter(one -> one.sipUsername().equals(user))
                        .findFirst()
                        .orElseThrow(() ->
                                new SettingsException(
                                        "--register "
                                                + user
                                                + ": no user with this sipUsername in the settings;"
                                                + " give the same --config as the platform's"));
        String at = registrar == null ? "127.0.0.1:" + security.port(loaded.sip()) : registrar;
        return new PhoneSettings.Account(at, user, known.password().reveal(), REGISTER_FOR);
    }

    private static short[] read(Path file) throws IOException {
        return switch (WavReader.read(Files.readAllBytes(file))) {
            case WavReader.Audio(var samples) -> samples;
            case WavReader.NotAudio(var reason) ->
                    throw new SettingsException("--say " + file + ": " + reason);
            case WavReader.TooLarge(int most) ->
                    throw new SettingsException(
                            "--say " + file + ": larger than " + most + " bytes");
        };
    }
}
