package io.strowger.orchestrator.shell.kafka;

import io.strowger.contracts.id.ServerCallId;
import io.strowger.contracts.kafka.Topics;
import io.strowger.contracts.kafka.UndecodableException;
import io.strowger.orchestrator.core.call.Moment;
import io.strowger.orchestrator.core.partition.CallPartition;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/// Lives of a coordinator in a [CrashWorld], each restored from the log alone.
record Lives(Moment.House house, Suspects suspects, CoordinatorEvents observer) {
    Coordinator restored(
            CrashWorld world, InMemoryTransactionalLog.Steps steps, Surroundings others) {
        InMemoryTransactionalLog log =
                new InMemoryTransactionalLog(world.broker, CrashWorld.inputs(), steps);
        Coordinator coordinator = new Coordinator(log, house, others, suspects, observer);
        for (int partition = 0; partition < 2; partition++) {
            CallPartition calls = new CallPartition();
            for (ConsumerRecord<String, byte[]> state :
                    world.broker.records(new TopicPartition(Topics.CALL_STATE.name(), partition))) {
                restore(calls, state);
            }
            calls.arm();
            coordinator.own(partition, calls);
        }
        return coordinator;
    }

    private static void restore(CallPartition calls, ConsumerRecord<String, byte[]> state) {
        ServerCallId call = ServerCallId.parse(state.key());
        if (state.value() == null) {
            calls.forget(call);
            return;
        }
        try {
            calls.follow(call, new CallStateCodec().decode(state.value()));
        } catch (UndecodableException e) {
            throw new AssertionError(e);
        }
    }
}
