package io.strowger.simulation;

import io.strowger.contracts.api.ApiVersion;
import io.strowger.contracts.api.CallError;
import io.strowger.contracts.call.CallCommand;
import io.strowger.contracts.call.CallReply;
import io.strowger.contracts.call.CallReply.Answer;
import io.strowger.contracts.call.CallRequest;
import io.strowger.contracts.event.SubscriberEvent;
import io.strowger.contracts.id.CallConnectionId;
import io.strowger.contracts.id.CallIds;
import io.strowger.contracts.id.OperationId;
import io.strowger.contracts.id.ServerCallId;
import io.strowger.gateway.core.api.Refusal;
import io.strowger.gateway.core.repeat.CommandIdentity;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The applications: they ask what the plan says, and again, as repeatable requests, until they are
/// answered something that is not 503. Sometimes they do not even wait for that.
final class Application {
    private static final String FIRST_SENT = "Fri, 02 Jan 2026 03:04:05 GMT";
    private static final long PATIENCE_MS = 6_000;
    private static final long GIVE_UP_MS = 45_000;
    private final World world;
    private final SplittableRandom random;
    private final CallIds ids = new CallIds(World.ID_KEY);
    private final Map<Integer, Asked> asked = new LinkedHashMap<>();
    private final Map<Integer, ServerCallId> came = new LinkedHashMap<>();
    private int attempts;

    /// A question on its way.
    ///
    /// @param answer null: none yet
    static final class Asked {
        final Plan.Ask ask;
        final CommandIdentity identity;
        final CallCommand command;
        final long givenUpAtMs;
        @Nullable Answer answer;

        private Asked(
                Plan.Ask ask, CommandIdentity identity, CallCommand command, long givenUpAtMs) {
            this.ask = ask;
            this.identity = identity;
            this.command = command;
            this.givenUpAtMs = givenUpAtMs;
        }

        boolean isAccepted() {
            return answer != null && !(answer instanceof CallReply.Refused);
        }
    }

    Application(World world, SplittableRandom random) {
        this.world = world;
        this.random = random;
    }

    void schedule() {
        for (Plan.Ask ask : world.plan.asks()) {
            world.time.at(ask.at(), () -> begin(ask));
        }
        for (Plan.Coming coming : world.plan.coming()) {
            Caller caller = new Caller(world.phones, world, coming, random.split());
            world.time.at(coming.at(), caller::call);
        }
    }

    /// It is told of a call from outside, perhaps not for the first time.
    void told(SubscriberEvent.IncomingCall event) {
        String context = event.incomingCallContext();
        ServerCallId call = ServerCallId.parse(context.substring(0, context.indexOf(' ')));
        for (Plan.Coming one : world.plan.coming()) {
            if (event.from().equals(Questions.numberOf(one.number()))
                    && came.putIfAbsent(one.call(), call) == null
                    && one.then() != null) {
                long at = world.time.nowMs() + one.thinkMs();
                Plan.Ask says =
                        new Plan.Ask(one.number(), one.call(), at, one.then(), one.redirectedTo());
                world.time.at(at, () -> begin(says));
            }
        }
    }

    /// Everything that was asked so far.
    Iterable<Asked> asked() {
        return asked.values();
    }

    @Nullable Asked asked(int number) {
        return asked.get(number);
    }

    /// Ends all calls there may be.
    void endAll() {
        for (Plan.Ask ask : world.plan.asks()) {
            if (Accounts.isCreation(ask)) {
                end(ask.number(), ask.call());
            }
        }
        for (Plan.Coming coming : world.plan.coming()) {
            end(coming.number(), coming.call());
        }
    }

    private void end(int number, int call) {
        begin(new Plan.Ask(10_000 + number, call, world.time.nowMs(), Plan.Ask.Kind.TERMINATE, 0));
    }

    /// The call of the plan's number; the same whoever asks for it how often. One that comes in
    /// must have been told.
    ServerCallId call(int call) {
        if (call >= Plan.FIRST_COMING) {
            return Objects.requireNonNull(came.get(call));
        }
        Plan.Ask create =
                world.plan.asks().stream()
                        .filter(ask -> ask.call() == call && Accounts.isCreation(ask))
                        .findFirst()
                        .orElse(new Plan.Ask(-1 - call, call, 0, Plan.Ask.Kind.CREATE, 0));
        return ids.callFor(identity(create, 0).seed());
    }

    private CommandIdentity identity(Plan.Ask ask, int attempt) {
        String requestId = "request-" + ask.number() + (attempt == 0 ? "" : "-" + attempt);
        try {
            return CommandIdentity.of(
                            requestId,
                            FIRST_SENT,
                            "key-1",
                            world.time.instant(),
                            Duration.ofHours(1))
                    .orElseThrow();
        } catch (Refusal e) {
            throw new AssertionError(e);
        }
    }

    /// The operation that a question begins.
    OperationId operationOf(Plan.Ask ask) {
        return new OperationId(identity(ask, 0).commandId().value());
    }

    private void begin(Plan.Ask ask) {
        if (ask.call() >= Plan.FIRST_COMING && !came.containsKey(ask.call())) {
            return; // it never heard of that call
        }
        CommandIdentity identity = identity(ask, 0);
        CallConnectionId connection = call(ask.call()).connection(1);
        Asked one =
                new Asked(
                        ask,
                        identity,
                        Questions.command(ask, connection, identity.commandId(), this::operationOf),
                        world.time.nowMs() + GIVE_UP_MS);
        asked.put(ask.number(), one);
        attempt(one);
        if (random.nextInt(6) == 0) {
            world.time.after(random.nextInt(500), () -> attempt(one));
        }
    }

    /// The id of the operation that another question began.
    private UUID operationOf(int number) {
        Plan.Ask other =
                world.plan.asks().stream()
                        .filter(ask -> ask.number() == number)
                        .findFirst()
                        .orElse(new Plan.Ask(number, 0, 0, Plan.Ask.Kind.CREATE, 0));
        return identity(other, 0).commandId().value();
    }

    private void attempt(Asked one) {
        if (one.answer != null || world.time.nowMs() >= one.givenUpAtMs) {
            return;
        }
        int ordinal = random.nextInt(2);
        boolean[] heard = {false};
        Runnable again =
                () -> {
                    if (!heard[0]) {
                        heard[0] = true;
                        attempt(one);
                    }
                };
        if (world.process("gateway-" + ordinal) instanceof SimGateway gateway
                && gateway.isRunning()) {
            world.time.after(PATIENCE_MS, again);
            gateway.submit(
                    request(one),
                    answer -> {
                        boolean first = !heard[0];
                        heard[0] = true;
                        answered(one, answer, first);
                    });
        } else {
            world.time.after(300, again);
        }
    }

    private CallRequest request(Asked one) {
        CommandIdentity identity = one.identity;
        CallCommand command = one.command;
        if (!world.wiring.repeatability()) {
            identity = identity(one.ask, ++attempts);
            command =
                    Questions.command(
                            one.ask,
                            ids.callFor(identity.seed()).connection(1),
                            identity.commandId(),
                            this::operationOf);
        }
        return new CallRequest(
                identity.commandId(),
                CommandIdentity.fingerprint(
                        "POST",
                        "/" + one.ask.number(),
                        one.ask.toString().getBytes(StandardCharsets.UTF_8)),
                ApiVersion.V2026_03_12,
                world.time.instant(),
                command);
    }

    private void answered(Asked one, Answer answer, boolean first) {
        boolean later =
                answer instanceof CallReply.Refused(var error, var _)
                        && (error == CallError.NOT_READY || error == CallError.NO_MEDIA_CAPACITY);
        if (!later) {
            if (one.answer == null) {
                world.trace("application", () -> "is answered " + answer + " to " + one.ask);
                one.answer = answer;
            }
        } else if (first) {
            world.time.after(300 + random.nextInt(1_000), () -> attempt(one));
        }
    }
}
