/// The API line from 2023-03-06: one class an operation, and its JSON dialect.
@NullMarked
package io.strowger.gateway.core.current;

import org.jspecify.annotations.NullMarked;
