@echo off
rem Starts the program from the tree on Windows with Python 3.11 or newer from its py launcher.
rem UNTESTED: written on Linux, never run on Windows. Arguments go to main.py.
setlocal
set here=%~dp0..
set PYTHONUTF8=1
if not exist "%here%\.venv\Scripts\python.exe" py -3 -m venv "%here%\.venv" || exit /b 1
set python="%here%\.venv\Scripts\python.exe"
fc /b "%here%\requirements.lock" "%here%\.venv\installed.lock" >nul 2>&1 && goto start
%python% -m pip install --quiet --require-hashes -r "%here%\requirements.lock" || exit /b 1
copy /y "%here%\requirements.lock" "%here%\.venv\installed.lock" >nul
:start
"%here%\.venv\Scripts\pybabel.exe" --quiet compile -d "%here%\resources\translations" -D ankang || exit /b 1
%python% "%here%\main.py" %*
