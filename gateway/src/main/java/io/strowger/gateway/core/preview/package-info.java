/// The 2021 preview line: one class an operation, in that line's JSON.
@NullMarked
package io.strowger.gateway.core.preview;

import org.jspecify.annotations.NullMarked;
