package io.strowger.sdk;

import io.strowger.acceptance.PeopleStage;
import io.strowger.testsupport.FreePorts;
import java.io.IOException;
import java.util.Map;

/// The platform over https, the way SDKs want it: in the addresses of recordings too, so its port
/// is chosen here.
abstract class SecureStage extends PeopleStage {
    private final int tlsPort = FreePorts.pair();

    SecureStage() throws IOException {}

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
