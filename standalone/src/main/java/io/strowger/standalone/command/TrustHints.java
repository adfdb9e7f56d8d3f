package io.strowger.standalone.command;

import java.nio.file.Path;
import java.util.List;

/// How applications come to trust the certificate that the platform made for itself. Lines to copy
/// into a shell.
final class TrustHints {
    private static final String STORE = "strowger-trust.p12";

    private TrustHints() {}

    /// @param certificate PEM
    static List<String> of(Path certificate) {
        String file = quoted(certificate.toString());
        return List.of(
                "certificate        "
                        + certificate
                        + "  (self-signed; applications must be told to trust it)",
                "  Node             NODE_EXTRA_CA_CERTS=" + file + " node app.js",
                "  Java, once       keytool -importcert -noprompt -alias strowger -file "
                        + file
                        + " -keystore "
                        + STORE
                        + " -storetype PKCS12 -storepass changeit",
                "  Java             java -Djavax.net.ssl.trustStore="
                        + STORE
                        + " -Djavax.net.ssl.trustStorePassword=changeit -jar app.jar",
                "                   (that store alone then counts: import into a copy of the JDK's"
                        + " lib/security/cacerts to trust the usual authorities, too)");
    }

    /// For a shell, where it must be.
    private static String quoted(String text) {
        return text.matches("[A-Za-z0-9_./+:@%,=-]+")
                ? text
                : "'" + text.replace("'", "'\\''") + "'";
    }
}
