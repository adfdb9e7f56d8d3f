/// Where finished recordings are kept: a folder, or a bucket of anything that speaks S3. Deletes
/// them when they expire.
@NullMarked
package io.strowger.recording.shell.store;

import org.jspecify.annotations.NullMarked;
