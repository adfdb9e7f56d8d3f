package io.strowger.gateway.core.pace;

import io.strowger.contracts.call.BetweenCalls;
import io.strowger.contracts.call.CallCommand;
import java.util.HashMap;
import java.util.Map;

/// How many people may be rung a second, for each access key: a runaway loop or a stolen key rings
/// up a bill no faster than this. A second's worth may come at once. A call to many is let through
/// when anything is left, and then paid off. Safe for use by many threads; the caller brings a
/// steady clock.
public final class CallPace {
    private static final double NS_PER_SECOND = 1e9;
    private final int perSecond;
    private final Map<String, Account> accounts = new HashMap<>();

    private static final class Account {
        private double left;
        private long filledAtNs;
    }

    /// @param perSecond 0: as many as they like
    public CallPace(int perSecond) {
        this.perSecond = perSecond;
    }

    /// Whether a command may go on; counts whom it rings.
    ///
    /// @param keyId of the access key that signed
    public boolean admit(String keyId, CallCommand command, long nowNs) {
        int rung = rung(command);
        return perSecond == 0 || rung == 0 || take(keyId, rung, nowNs);
    }

    private synchronized boolean take(String keyId, int rung, long nowNs) {
        Account account = accounts.get(keyId);
        if (account == null) {
            account = new Account();
            account.left = perSecond;
            accounts.put(keyId, account);
        } else {
            double earned = (nowNs - account.filledAtNs) / NS_PER_SECOND * perSecond;
            account.left = Math.min(perSecond, account.left + earned);
        }
        account.filledAtNs = nowNs;
        if (account.left < 1) {
            return false;
        }
        account.left -= rung;
        return true;
    }

    private static int rung(CallCommand command) {
        return switch (command) {
            case CallCommand.CreateCall create -> create.targets().size();
            case CallCommand.AddParticipant _,
                    CallCommand.AddToCall _,
                    CallCommand.Transfer _,
                    CallCommand.Redirect _ ->
                    1;
            case CallCommand.InCall _, CallCommand.OutOfCall _, BetweenCalls _ -> 0;
        };
    }
}
