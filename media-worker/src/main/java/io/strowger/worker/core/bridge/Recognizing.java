package io.strowger.worker.core.bridge;

import io.strowger.contracts.id.LegId;
import io.strowger.contracts.id.OperationId;
import io.strowger.worker.core.recognize.Recognition;

/// A recognition at work.
///
/// @param leg whose keys are collected
record Recognizing(OperationId id, LegId leg, Recognition recognition) {}
