package io.strowger.sdk;

import io.strowger.acceptance.PeopleStage;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Map;

/// The platform over https, the way SDKs want it: in the addresses of recordings too, so its port
/// is chosen here.
abstract class SecureStage extends PeopleStage {
    private final int tlsPort = freePort();

    SecureStage() throws IOException {}

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress("127.0.0.1", 0));
            return socket.getLocalPort();
        }
    }

    @Override
    protected Map<String, String> further() throws Exception {
        return Map.of(
                "STROWGER_HTTP_TLS_PORT",
                Integer.toString(tlsPort),
                "STROWGER_HTTP_PUBLICURL",
                "https://localhost:" + tlsPort + "/");
    }

    String connectionString() {
        return stage.platform().connectionString(stage.platform().secureEndpoint().orElseThrow());
    }
}
