package io.strowger.standalone.doctor;

import io.strowger.runtime.net.AddressRules;
import io.strowger.runtime.settings.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What leads to applications and from them: their URLs, the numbers that ring them, the folder of
/// prompts.
final class ApplicationChecks {
    private static final int PATIENCE_MS = 2000;
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    private ApplicationChecks() {}

    static List<Finding> look(Settings settings) throws InterruptedException {
        List<Finding> found = new ArrayList<>();
        boolean allowPrivate = settings.webhooks().allowPrivateAddresses();
        for (Settings.Application application : settings.applications()) {
            String what = "application " + application.name();
            add(found, what, application.incomingCallUrl(), allowPrivate);
            add(found, what, application.eventsUrl(), allowPrivate);
        }
        for (int i = 0; i < settings.numbers().size(); i++) {
            silent(settings, i).ifPresent(found::add);
        }
        promptDirectory(settings.media().promptDirectory()).ifPresent(found::add);
        RecognizerCheck.look(settings.media()).ifPresent(found::add);
        return found;
    }

    private static void add(
            List<Finding> found, String what, @Nullable URI url, boolean allowPrivate) {
        if (url != null) {
            found.add(receiver(what, url, allowPrivate));
        }
    }

    private static Finding receiver(String what, URI url, boolean allowPrivate) {
        String where = url.getHost() + ":" + port(url);
        try {
            InetAddress address = InetAddress.getByName(url.getHost());
            Optional<String> refusal = AddressRules.refusal(address);
            if (refusal.isPresent() && !allowPrivate) {
                return Finding.warn(
                        what,
                        where + " is a " + refusal.get() + ": no event will be sent there",
                        "set webhooks.allowPrivateAddresses to true, or give a public URL");
            }
            return answers(address, port(url))
                    ? Finding.ok(what, where + " answers")
                    : Finding.warn(
                            what,
                            where + " does not answer",
                            "start the application, or mend its URL in applications");
        } catch (UnknownHostException e) {
            return Finding.warn(
                    what, where + " is not known to DNS", "mend its URL in applications");
        }
    }

    private static int port(URI url) {
        if (url.getPort() >= 0) {
            return url.getPort();
        }
        return "https".equals(url.getScheme()) ? HTTPS_PORT : HTTP_PORT;
    }

    /// Whether somebody takes a TCP connection there within two seconds.
    static boolean answers(InetAddress address, int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), PATIENCE_MS);
            return true;
        } catch (IOException refused) {
            return false;
        }
    }

    private static Optional<Finding> silent(Settings settings, int index) {
        String name = settings.numbers().get(index).application();
        boolean silent =
                settings.applications().stream()
                        .anyMatch(one -> one.name().equals(name) && one.incomingCallUrl() == null);
        return silent
                ? Optional.of(
                        Finding.warn(
                                "numbers[" + index + "]",
                                "application " + name + " has no incomingCallUrl: nobody answers",
                                "set its incomingCallUrl in applications"))
                : Optional.empty();
    }

    private static Optional<Finding> promptDirectory(String directory) {
        if (directory.isEmpty()) {
            return Optional.empty();
        }
        Path path = Path.of(directory).toAbsolutePath();
        return Optional.of(
                Files.isDirectory(path) && Files.isReadable(path)
                        ? Finding.ok("media.promptDirectory", path.toString())
                        : Finding.warn(
                                "media.promptDirectory",
                                path + " is no folder that can be read",
                                "make it, or set media.promptDirectory to where the prompts are"));
    }
}
