package io.strowger.contracts.call;

import java.util.Map;

/// The value of `call.counts`: how many calls of one partition go on.
///
/// @param byApplication those that count for an application, by the id of its access key; who has
///   none is left out
public record RunningCalls(Map<String, Integer> byApplication) {
    public RunningCalls {
        byApplication = Map.copyOf(byApplication);
    }

    /// 0 or more.
    public int of(String application) {
        return byApplication.getOrDefault(application, 0);
    }
}
