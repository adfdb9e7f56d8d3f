package io.strowger.worker.core.recording;

import io.strowger.contracts.id.ServerCallId;
import io.strowger.contracts.media.MediaCommand;

/// Where recorded audio leaves. Called on media threads when a recording begins: must not block,
/// may allocate. What becomes of the audio is told as
/// [io.strowger.contracts.media.MediaEvent.RecordingAudioLost] and
/// [io.strowger.contracts.media.MediaEvent.RecordingStopped].
public interface AudioOutlet {
    /// The way of a new recording; used until it has ended or is abandoned.
    AudioRing open(ServerCallId call, MediaCommand.StartRecording recording);
}
