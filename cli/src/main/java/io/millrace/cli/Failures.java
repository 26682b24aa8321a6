/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.cli;

import io.millrace.model.ModelException;
import io.millrace.pipeline.file.PipelineException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Turns what a command threw into a message on standard error and an exit code. */
final class Failures implements IExecutionExceptionHandler {

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult arguments) {
        if (isInterruption(failure)) {
            return stopped(failure, command);
        }
        command.getErr().println(command.getColorScheme().errorText(describe(failure)));
        if (System.getenv("MILLRACE_STACK_TRACES") != null) {
            failure.printStackTrace(command.getErr());
        }
        return exitCode(failure);
    }

    /** Somebody stopped the command: nothing went wrong, unless something that was open could not be closed. */
    private static int stopped(Exception interruption, CommandLine command) {
        for (Throwable unclosed : interruption.getSuppressed()) {
            if (!isInterruption(unclosed)) {
                command.getErr().println("stopped, but: " + unclosed.getMessage());
            }
        }
        return ExitCode.INTERRUPTED;
    }

    private static boolean isInterruption(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof InterruptedException || cause instanceof InterruptException) {
                return true;
            }
        }
        return false;
    }

    private static int exitCode(Exception failure) {
        if (failure instanceof CommandException refused) {
            return refused.exitCode();
        }
        if (failure instanceof PipelineException) {
            return ExitCode.PROBLEMS;
        }
        if (failure instanceof ModelException) {
            return ExitCode.MODEL_REFUSED;
        }
        return isKafka(failure) ? ExitCode.KAFKA : ExitCode.FAILED;
    }

    private static String describe(Exception failure) {
        String message = failure.getMessage();
        if (failure instanceof CommandException
                || failure instanceof PipelineException
                || failure instanceof ModelException) {
            return String.valueOf(message);
        }
        StringBuilder text = new StringBuilder("millrace: ")
                .append(message == null ? failure.getClass().getSimpleName() : message);
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (cause.getMessage() != null && text.indexOf(cause.getMessage()) < 0) {
                text.append("\n  because: ").append(cause.getMessage());
            }
        }
        return text.append("\nSet MILLRACE_STACK_TRACES=1 to see where.").toString();
    }

    private static boolean isKafka(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof KafkaException) {
                return true;
            }
        }
        return false;
    }
}
