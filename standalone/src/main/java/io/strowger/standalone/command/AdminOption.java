package io.strowger.standalone.command;

import io.strowger.runtime.kafka.KafkaClients;
import io.strowger.runtime.secrets.PlatformSecretsStore;
import io.strowger.runtime.settings.Secret;
import io.strowger.runtime.settings.Settings;
import io.strowger.runtime.settings.SettingsException;
import io.strowger.standalone.client.ApiClient;
import io.strowger.standalone.platform.Brokers;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Where the webhook-dispatcher is asked, and with which key.
final class AdminOption {
    @Mixin private SettingsOption settings = new SettingsOption();

    @Option(
            names = "--at",
            paramLabel = "URL",
            description =
                    "ops port of a webhook-dispatcher, or http.port of `up` (default: http.port,"
                            + " then ops.port of the settings, on this machine)")
    private @Nullable URI at;

    /// An answer, or a message that says what to do.
    interface Answers {
        <T> HttpResponse<T> send(String method, String target, BodyHandler<T> body)
                throws IOException, InterruptedException;
    }

    /// Finds out who answers.
    ///
    /// @throws SettingsException when nobody does
    Answers connect() throws IOException, InterruptedException, GeneralSecurityException {
        Settings loaded = settings.load(Map.of("STROWGER_LOG_LEVEL", "ERROR"));
        byte[] key = accessKey(loaded);
        HttpClient http = HttpClient.newHttpClient();
        for (URI candidate : candidates(loaded)) {
            ApiClient client = new ApiClient(candidate, key, http, InstantSource.system());
            if (answers(client)) {
                return new Answers() {
                    @Override
                    public <T> HttpResponse<T> send(
                            String method, String target, BodyHandler<T> body)
                            throws IOException, InterruptedException {
                        return client.send(method, target, "", Map.of(), body);
                    }
                };
            }
        }
        throw new SettingsException(
                "no webhook-dispatcher answers at " + candidates(loaded) + ": say --at URL");
    }

    private List<URI> candidates(Settings loaded) {
        return at != null
                ? List.of(at)
                : List.of(local(loaded.http().port()), local(loaded.ops().port()));
    }

    private static URI local(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }

    private static boolean answers(ApiClient client) throws IOException, InterruptedException {
        try {
            int status =
                    client.send(
                                    "GET",
                                    Letters.PATH + "?limit=1&from=2999-01-01T00:00:00Z",
                                    "",
                                    Map.of(),
                                    BodyHandlers.ofString())
                            .statusCode();
            if (status == 401) {
                throw new SettingsException(
                        "the access key is not this installation's: give the same --config as its");
            }
            return status == 200;
        } catch (ConnectException nobody) {
            return false;
        }
    }

    /// The first of the settings or of their files, else the one that was made at the first start.
    private static byte[] accessKey(Settings loaded) throws GeneralSecurityException {
        List<Secret> set = loaded.accessKeys();
        if (!set.isEmpty()) {
            return Base64.getDecoder().decode(set.getFirst().reveal());
        }
        KafkaClients kafka = new KafkaClients(Brokers.bootstrapServers(loaded), loaded.kafka());
        return new PlatformSecretsStore(kafka).load(loaded).accessKeys().getFirst();
    }
}
