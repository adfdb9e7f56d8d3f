package io.strowger.gateway.core.preview;

import io.strowger.contracts.call.CallReply.OperationStarted;
import java.util.LinkedHashMap;
import java.util.Map;

/// An operation as the 2021 line writes it.
final class OperationDialect {
    private OperationDialect() {}

    static Map<String, Object> write(OperationStarted operation, String status) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("operationId", operation.operationId().toString());
        json.put("status", status);
        if (operation.operationContext() != null) {
            json.put("operationContext", operation.operationContext());
        }
        return json;
    }
}
