package io.strowger.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.media.sdp.SrtpPolicy;
import io.strowger.runtime.settings.SettingsException;
import io.strowger.runtime.settings.SettingsLoader;
import io.strowger.worker.core.route.Trunk;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrunkSettingsTest {
    @Test
    void aSecureUriIsReadAsTls() {
        Trunk trunk =
                trunks("sips:trunk.example;x-assert-identity;transport=tcp", "require", Map.of())
                        .getFirst();

        assertEquals("sip:+1@trunk.example;transport=tls", trunk.uri().withUser("+1").toString());
        assertEquals("tls", trunk.uri().transport());
        assertTrue(trunk.assertIdentity());
        assertEquals(SrtpPolicy.REQUIRE, trunk.srtp());
    }

    @ParameterizedTest
    @CsvSource({
        "sips:trunk.example,TLS_PORT,-1,sip.tls.port",
        "sip:trunk.example;transport=tls,TLS_PORT,-1,sip.tls.port",
        "sip:trunk.example;transport=tcp,TCP,false,sip.tcp",
        "sip:trunk.example;transport=sctp,TCP,true,unknown transport"
    })
    void aTransportThatIsNotSpokenHereIsRefusedAtTheStart(
            String uri, String key, String value, String named) {
        SettingsException refusal =
                assertThrows(SettingsException.class, () -> trunks(uri, "off", Map.of(key, value)));

        assertTrue(String.valueOf(refusal.getMessage()).contains(named), refusal::toString);
    }

    private static List<Trunk> trunks(String uri, String srtp, Map<String, String> sip) {
        Map<String, String> environment = new HashMap<>();
        environment.put("STROWGER_SIP_TLS_PORT", "0");
        environment.put(
                "STROWGER_TRUNKS", "[{name: main, uri: \"" + uri + "\", srtp: \"" + srtp + "\"}]");
        sip.forEach((key, value) -> environment.put("STROWGER_SIP_" + key, value));
        return TrunkSettings.trunks(SettingsLoader.load(null, environment));
    }
}
