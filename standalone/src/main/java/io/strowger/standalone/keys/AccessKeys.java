package io.strowger.standalone.keys;

import io.strowger.runtime.auth.AccessKeyVerifier;
import io.strowger.runtime.kafka.KafkaClients;
import io.strowger.runtime.secrets.AccessKeyFiles;
import io.strowger.runtime.secrets.PlatformSecretsStore;
import io.strowger.runtime.settings.Settings;
import io.strowger.runtime.settings.SettingsException;
import io.strowger.standalone.platform.Brokers;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// The access keys of an installation, in the order that counts: of the settings, else of their
/// files, else those that were made at the first start.
public final class AccessKeys {
    private static final int NEW_BYTES = 32;

    private AccessKeys() {}

    /// @param source where it comes from, for the operator
    /// @param key empty: none
    /// @param fault why there is none; empty: there is one
    public record Entry(String source, byte[] key, String fault) {
        /// Stands for the key; empty: there is none.
        public String fingerprint() {
            return key.length == 0 ? "" : AccessKeyVerifier.idOf(key);
        }

        @Override
        public String toString() {
            return "Entry[" + source + ", " + fingerprint() + ", " + fault + "]";
        }
    }

    /// Blocks: reads files, or asks the brokers.
    ///
    /// @throws SettingsException when no broker is found that keeps the keys
    public static List<Entry> of(Settings settings) throws GeneralSecurityException {
        List<Entry> found = new ArrayList<>();
        if (!settings.accessKeys().isEmpty()) {
            for (int i = 0; i < settings.accessKeys().size(); i++) {
                byte[] key = Base64.getDecoder().decode(settings.accessKeys().get(i).reveal());
                found.add(new Entry("accessKeys[" + i + "]", key, ""));
            }
            return found;
        }
        if (!settings.auth().accessKeyFiles().isEmpty()) {
            AccessKeyFiles.look(settings)
                    .forEach(file ->
                            found.add(new Entry(file.file().toString(), file.key(), file.fault())));
            return found;
        }
        KafkaClients kafka = new KafkaClients(Brokers.bootstrapServers(settings), settings.kafka());
        List<byte[]> made = new PlatformSecretsStore(kafka).load(settings).accessKeys();
        for (int i = 0; i < made.size(); i++) {
            found.add(new Entry("made at the first start, " + (i + 1), made.get(i), ""));
        }
        return found;
    }

    /// 32 random bytes in base64.
    public static String fresh() {
        byte[] key = new byte[NEW_BYTES];
        new SecureRandom().nextBytes(key);
        return Base64.getEncoder().encodeToString(key);
    }

    /// With the key in it: for the eyes of whoever asked for it, never for a log.
    public static String connectionString(URI endpoint, Entry entry) {
        return "endpoint="
                + endpoint
                + ";accesskey="
                + Base64.getEncoder().encodeToString(entry.key());
    }

    /// Where applications reach the gateway, as far as the settings tell: `http.publicUrl`, else
    /// this machine, by https if it is on.
    ///
    /// @throws SettingsException when the port is any free one
    public static URI endpoint(Settings settings) {
        Settings.Http http = settings.http();
        if (!http.publicUrl().isEmpty()) {
            return URI.create(http.publicUrl());
        }
        boolean secure = http.tls().enabled();
        int port = secure ? http.tls().port() : http.port();
        if (port == 0) {
            throw new SettingsException(
                    (secure ? "http.tls.port" : "http.port")
                            + " is 0, any free one, and http.publicUrl is empty: say --endpoint URL");
        }
        return URI.create((secure ? "https" : "http") + "://localhost:" + port + "/");
    }
}
