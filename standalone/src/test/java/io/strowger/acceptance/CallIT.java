package io.strowger.acceptance;

import java.util.Map;

/// On the embedded broker.
class CallIT extends CallScenarios {
    @Override
    Map<String, String> broker() {
        return Map.of();
    }
}
